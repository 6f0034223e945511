# Of DATA (share): what the desktop keeps of menu entries and of types of files is made anew, so that they count at once; or
# goes with the last of them. Packages (DESTDIR) leave that to the package manager. Used by installing and uninstalling.
if(NOT DEFINED DATA)
    get_filename_component(DATA "${EASYFIRST_DATA}" ABSOLUTE BASE_DIR "${CMAKE_INSTALL_PREFIX}")
    file(WRITE ${EASYFIRST_BUILD}/installed_data.txt "${DATA}")
endif()
if(NOT "$ENV{DESTDIR}" STREQUAL "")
    return()
endif()

# renew(TOOL FOLDER PATTERN CACHE...): runs TOOL on FOLDER if anything there fits PATTERN, and if not removes its CACHEs.
function(renew TOOL FOLDER PATTERN)
    file(GLOB SOURCES "${FOLDER}/${PATTERN}")
    find_program(FOUND_${TOOL} ${TOOL})
    if(SOURCES AND FOUND_${TOOL})
        execute_process(COMMAND ${FOUND_${TOOL}} "${FOLDER}" OUTPUT_QUIET ERROR_QUIET)
    elseif(NOT SOURCES)
        list(TRANSFORM ARGN PREPEND "${FOLDER}/" OUTPUT_VARIABLE CACHES)
        file(REMOVE ${CACHES})
    endif()
endfunction()
renew(update-desktop-database "${DATA}/applications" *.desktop mimeinfo.cache)
renew(update-mime-database "${DATA}/mime" packages/*.xml aliases generic-icons globs globs2 icons magic mime.cache
    subclasses treemagic types version XMLnamespaces application/x-easyfirst-preset.xml application/x-easyfirst-session.xml)
