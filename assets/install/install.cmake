# What is installed, and where: GNUInstallDirs' folders, at cmake --install below --prefix, all below DESTDIR. Included by
# CMakeLists.txt, which has taken in GNUInstallDirs. The target uninstall removes the same again.

set(EASYFIRST_ZSH_DIR ${CMAKE_INSTALL_DATADIR}/zsh/site-functions CACHE STRING "Where zsh looks for completions")
set(EASYFIRST_RELEASE_DATE 2026-11-27)

# put(FOLDER ...): install(... DESTINATION FOLDER), which keeps in mind that the folder may have to be made.
function(put FOLDER)
    install(${ARGN} DESTINATION ${FOLDER})
    set_property(TARGET easyfirst APPEND PROPERTY EASYFIRST_FOLDERS ${FOLDER})
endfunction()
install(CODE "
    set(EASYFIRST_BUILD \"${CMAKE_BINARY_DIR}\")
    set(EASYFIRST_DATA \"${CMAKE_INSTALL_DATADIR}\")
    set(EASYFIRST_FOLDERS \"$<TARGET_PROPERTY:easyfirst,EASYFIRST_FOLDERS>\")")
install(SCRIPT ${CMAKE_CURRENT_LIST_DIR}/folders.cmake)

put(${CMAKE_INSTALL_BINDIR} TARGETS easyfirst RUNTIME)
foreach(KIND lessons page presets)
    put(${EASYFIRST_SHARE_DIR}/${KIND} DIRECTORY assets/${KIND}/)
endforeach()
put(${CMAKE_INSTALL_DOCDIR} FILES LICENSE)
foreach(CATALOG ${CATALOGS})
    file(RELATIVE_PATH FOLDER ${CMAKE_BINARY_DIR}/locale ${CATALOG})
    get_filename_component(FOLDER ${FOLDER} DIRECTORY)
    put(${CMAKE_INSTALL_LOCALEDIR}/${FOLDER} FILES ${CATALOG})
endforeach()

# The fonts: copies with their licence, or links to where the system has them.
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/font_links)
foreach(FONT ${EASYFIRST_FONTS})
    if(EASYFIRST_FONT_LINKS)
        file(CREATE_LINK ${FONT_${FONT}} ${CMAKE_BINARY_DIR}/font_links/${FONT} SYMBOLIC)
        put(${EASYFIRST_SHARE_DIR}/fonts FILES ${CMAKE_BINARY_DIR}/font_links/${FONT})
    else()
        put(${EASYFIRST_SHARE_DIR}/fonts FILES ${SHARE_DIR}/fonts/${FONT})
    endif()
endforeach()
if(NOT EASYFIRST_FONT_LINKS)
    put(${CMAKE_INSTALL_DOCDIR} FILES assets/install/Roboto-LICENSE.txt)
endif()

# The desktop: menu, icons, types of files, what shops of programs show.
set(EASYFIRST_ADDRESSES)
if(EASYFIRST_ADDRESS)
    set(EASYFIRST_ADDRESSES "  <url type=\"homepage\">${EASYFIRST_ADDRESS}</url>
  <screenshots>
    <screenshot type=\"default\">
      <caption>The window in the eighth epoch of the post's run</caption>
      <caption xml:lang=\"zh_CN\">文章中的运行，第 8 轮时的窗口</caption>
      <image>${EASYFIRST_ADDRESS}/assets/window.png</image>
    </screenshot>
  </screenshots>
")
endif()
set(METAINFO ${CMAKE_BINARY_DIR}/docs/${EASYFIRST_ID}.metainfo.xml)
configure_file(assets/install/easyfirst.metainfo.xml.in ${METAINFO} @ONLY)
put(${CMAKE_INSTALL_DATADIR}/metainfo FILES ${METAINFO})
put(${CMAKE_INSTALL_DATADIR}/applications FILES assets/install/easyfirst.desktop)
put(${CMAKE_INSTALL_DATADIR}/mime/packages FILES assets/install/easyfirst-types.xml)
set_property(TARGET easyfirst APPEND PROPERTY EASYFIRST_FOLDERS ${CMAKE_INSTALL_DATADIR}/mime/application) # folders.cmake's
set(ICONS ${CMAKE_INSTALL_DATADIR}/icons/hicolor)
put(${ICONS}/scalable/apps FILES assets/install/icons/easyfirst.svg)
foreach(SIZE 16 22 24 32 48 64 128 256 512)
    put(${ICONS}/${SIZE}x${SIZE}/apps FILES assets/install/icons/${SIZE}.png RENAME easyfirst.png)
endforeach()

# The man page and the completions, written by a program from the tables of settings and options. A cross build that can't
# run it goes without.
if(NOT CMAKE_CROSSCOMPILING OR CMAKE_CROSSCOMPILING_EMULATOR)
    add_executable(docs_writer app/docs_writer.c)
    target_link_libraries(docs_writer PRIVATE easyfirst_docs)
    set(DOCS)
    function(doc FOLDER FILE) # and docs_writer's other words
        set(FILE ${CMAKE_BINARY_DIR}/docs/${FILE})
        list(GET ARGN 0 WHAT)
        list(REMOVE_AT ARGN 0)
        add_custom_command(OUTPUT ${FILE} COMMAND docs_writer ${WHAT} ${FILE} ${ARGN} DEPENDS docs_writer ${CATALOGS} VERBATIM)
        put(${FOLDER} FILES ${FILE})
        set(DOCS ${DOCS} ${FILE} PARENT_SCOPE)
    endfunction()
    doc(${CMAKE_INSTALL_MANDIR}/man1 easyfirst.1 man ${EASYFIRST_RELEASE_DATE})
    doc(${CMAKE_INSTALL_DATADIR}/bash-completion/completions easyfirst bash)
    doc(${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d easyfirst.fish fish)
    doc(${EASYFIRST_ZSH_DIR} _easyfirst zsh)
    foreach(CATALOG ${CATALOGS})
        file(RELATIVE_PATH CODE ${CMAKE_BINARY_DIR}/locale ${CATALOG})
        string(REGEX REPLACE "/.*" "" CODE ${CODE})
        file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/docs/${CODE})
        doc(${CMAKE_INSTALL_MANDIR}/${CODE}/man1 ${CODE}/easyfirst.1 man ${EASYFIRST_RELEASE_DATE} ${CODE})
    endforeach()
    add_custom_target(docs DEPENDS ${DOCS})
    add_dependencies(docs languages) # which makes the catalogs
    add_dependencies(easyfirst docs) # so that what has been built can be installed
else()
    message(STATUS "Built for another machine, without its emulator: no man page, no completions")
endif()

install(SCRIPT ${CMAKE_CURRENT_LIST_DIR}/caches.cmake)
add_custom_target(uninstall
    COMMAND ${CMAKE_COMMAND} -D BUILD=${CMAKE_BINARY_DIR} -P ${CMAKE_CURRENT_LIST_DIR}/uninstall.cmake VERBATIM)
