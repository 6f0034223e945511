# bash -eu musl_libraries.sh SOURCES FOLDER: builds in FOLDER, by musl-gcc, the libraries that easyfirst and its unit tests
# need, static ones, of Debian's sources in SOURCES, with headers and pkg-config files. SDL has its X11 and its dummy video
# driver; no sound, no joysticks. Of X11, Wayland, xkbcommon, fontconfig and D-Bus, which are loaded at run time, there are the headers
# alone: this machine's, as they are the same for every C library; so are cglm's.
sources=$1 to=$2
rm -rf "$to" "$to.build"
mkdir -p "$to/include" "$to/lib/pkgconfig" "$to.build"
includes=/usr/include

# library NAME FLAG... -- FILE...
library() {
    local name=$1 flags=() file
    while shift && [ "$1" != -- ]; do
        flags+=("$1")
    done
    shift
    mkdir "$to.build/$name"
    for file; do
        musl-gcc -O1 -w -fPIC -I"$to/include" "${flags[@]}" -c "$file" -o "$to.build/$name/$(tr / _ <<<"${file#"$sources"}").o"
    done
    ar rcs "$to/lib/lib$name.a" "$to.build/$name"/*.o
}

# package NAME VERSION LIBRARIES [FOLDER]: its pkg-config file; headers lie in include/FOLDER.
package() {
    printf 'Name: %s\nDescription: %s\nVersion: %s\nCflags: -I%s/include -I%s/include/%s\nLibs: -L%s/lib %s\n' \
        "$1" "$1" "$2" "$to" "$to" "${4-}" "$to" "$3" >"$to/lib/pkgconfig/$1.pc"
}

cd "$sources/zlib"
library z -DHAVE_UNISTD_H -DHAVE_STDARG_H -- "$PWD"/*.c
cp zlib.h zconf.h "$to/include"
package zlib 1.2.13 -lz

cd "$sources/libpng1.6"
cp scripts/pnglibconf.h.prebuilt "$to/include/pnglibconf.h"
cp png.h pngconf.h "$to/include"
library png -- "$PWD"/png{,error,get,mem,pread,read,rio,rtran,rutil,set,trans,wio,write,wtran,wutil}.c
package libpng 1.6.39 "-lpng -lz -lm"

cd "$sources/libinih"
library inih -- "$PWD/ini.c"
cp ini.h "$to/include"
package inih 1 -linih

cd "$sources/cmocka"
printf '#define %s 1\n' HAVE_CLOCK_GETTIME HAVE_CLOCK_REALTIME HAVE_STRUCT_TIMESPEC HAVE_SIGLONGJMP HAVE_STRSIGNAL \
    HAVE_STRINGS_H HAVE_SETJMP_H HAVE_SIGNAL_H HAVE_INTTYPES_H HAVE_UNISTD_H HAVE_STDINT_H \
    HAVE_GCC_THREAD_LOCAL_STORAGE >"$to.build/config.h"
library cmocka -DHAVE_CONFIG_H -I"$to.build" -Iinclude -- "$PWD/src/cmocka.c"
cp include/cmocka*.h "$to/include"
package cmocka 1.1.5 -lcmocka

cp -r $includes/X11 $includes/wayland-* $includes/xkbcommon $includes/fontconfig $includes/cglm $includes/dbus-1.0/dbus \
    "$(pkg-config --variable=libdir dbus-1)/dbus-1.0/include/dbus" "$to/include"
for name in x11 wayland-client xkbcommon fontconfig cglm dbus-1; do
    package $name "$(pkg-config --modversion $name)" ""
done

cd "$sources/freetype"
library freetype -DFT2_BUILD_LIBRARY -DFT_CONFIG_OPTION_SYSTEM_ZLIB -Iinclude -- "$PWD"/src/{autofit/autofit,gzip/ftgzip}.c \
    "$PWD"/src/base/ft{base,bbox,bdf,bitmap,cid,debug,fstype,gasp,glyph,gxval,init,mm,otval,patent,pfr,stroke,synth,system}.c \
    "$PWD"/src/base/ft{type1,winfnt}.c \
    "$PWD"/src/{bdf/bdf,bzip2/ftbzip2,cache/ftcache,cff/cff,cid/type1cid,lzw/ftlzw,pcf/pcf,pfr/pfr,psaux/psaux}.c \
    "$PWD"/src/{pshinter/pshinter,psnames/psnames,raster/raster,sdf/sdf,sfnt/sfnt,smooth/smooth,svg/svg}.c \
    "$PWD"/src/{truetype/truetype,type1/type1,type42/type42,winfonts/winfnt}.c
cp -r include/* "$to/include"

# C++ that wants no library of C++ at run time; musl has no compiler for it, so GCC's with musl's headers.
cd "$sources/harfbuzz/src"
mkdir "$to.build/harfbuzz"
headers=(-nostdinc)
while read -r folder; do
    headers+=(-isystem "$folder")
done < <(g++ -E -x c++ -v /dev/null 2>&1 | sed -n '/^#include </,/^End/p' | grep 'c++')
headers+=(-isystem "$(echo /usr/include/*-linux-musl)" -isystem "$(gcc -print-file-name=include)")
g++ -O1 -w -fPIC "${headers[@]}" '-D__GLIBC_PREREQ(a,b)=0' -DHAVE_FREETYPE -DHAVE_PTHREAD -fno-exceptions -fno-rtti \
    -fno-threadsafe-statics -I"$to/include" -c harfbuzz.cc -o "$to.build/harfbuzz/harfbuzz.o"
ar rcs "$to/lib/libharfbuzz.a" "$to.build/harfbuzz/harfbuzz.o"
cp hb*.h "$to/include"
package harfbuzz 6.0.0 "-lharfbuzz -lfreetype -lpng -lz -lm"

# The folder of the shared libraries is for their names.
mkdir "$to.build/SDL2"
cd "$to.build/SDL2"
CC=musl-gcc CFLAGS="-O1 -w -fPIC -I$to/include" PKG_CONFIG_LIBDIR="$to/lib/pkgconfig" "$sources/libsdl2/configure" \
    --prefix="$to" --disable-shared --x-includes="$to/include" --x-libraries="$(pkg-config --variable=libdir x11)" \
    --disable-{joystick,haptic,hidapi,sensor,audio,power,libudev,dbus,ime,ibus,fcitx} \
    --disable-video-{wayland,kmsdrm,opengl,opengles,vulkan} --enable-video-{x11,dummy}
make -j "$(nproc)"
make install

cd "$sources/libsdl2-ttf"
library SDL2_ttf -DTTF_USE_HARFBUZZ=1 -I"$to/include/SDL2" -- "$PWD/SDL_ttf.c"
cp SDL_ttf.h "$to/include/SDL2"
package SDL2_ttf 2.20.1 "-lSDL2_ttf -lSDL2 -lharfbuzz -lfreetype -lpng -lz -lm" SDL2
