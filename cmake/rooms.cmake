# Compiler settings, the libraries of Debian 12, and `room`, which makes one library of one folder.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_FLAGS_RELEASE "-O3 -DNDEBUG")
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

include(CTest)
include(GNUInstallDirs)
find_package(PkgConfig REQUIRED)
find_package(fmt REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(CURL REQUIRED)
find_package(Boost REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(pugixml REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(EVENT REQUIRED IMPORTED_TARGET libevent libevent_pthreads)

option(HEARSAY_FUZZ "Build the fuzzers; needs clang (preset asan)" OFF)
set(HEARSAY_SANITIZE "" CACHE STRING "Sanitizers to build with, as -fsanitize= takes them")

# Everything that we compile: warnings are errors, and no compiler may fuse floating-point steps, since
# a fused one rounds differently.
add_library(hearsay_options INTERFACE)
target_compile_options(hearsay_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
                       -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual -Werror -ffp-contract=off)
# g++ 12 sees overlapping copies in string concatenations where there are none (GCC bug 105651).
target_compile_options(hearsay_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
# What g++ means by -Wconversion is the measure.
target_compile_options(hearsay_options INTERFACE $<$<CXX_COMPILER_ID:Clang>:-Wno-sign-conversion>)
target_include_directories(hearsay_options INTERFACE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR})
if(HEARSAY_SANITIZE)
  target_compile_options(hearsay_options INTERFACE -fsanitize=${HEARSAY_SANITIZE}
                         -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(hearsay_options INTERFACE -fsanitize=${HEARSAY_SANITIZE})
endif()

# For what calls rooms that are fast and has nothing to be fast itself: hardly optimised, to be built sooner.
add_library(hearsay_unhurried INTERFACE)
target_compile_options(hearsay_unhurried INTERFACE $<$<CONFIG:Release>:-O1>)

# room(NAME [HOT] FOLDER dir USES rooms... OWNS libraries...): the static library hearsay_NAME of the .cpp files of
# `dir`. A library that is owned stays inside: rooms that use this one cannot include it. Most presets compile a room as
# one file, so no two of its files may have helpers of one name. Those that are HOT handle every message of a simulated
# world: as long as they are not optimised, tests under the address sanitizer take twice as long.
function(room name)
  cmake_parse_arguments(ROOM "HOT" "FOLDER" "USES;OWNS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${ROOM_FOLDER}/*.cpp)
  add_library(hearsay_${name} STATIC ${sources})
  target_link_libraries(hearsay_${name} PUBLIC hearsay_options)
  foreach(used IN LISTS ROOM_USES)
    if(TARGET hearsay_${used})
      set(used hearsay_${used})
    endif()
    target_link_libraries(hearsay_${name} PUBLIC ${used})
  endforeach()
  target_link_libraries(hearsay_${name} PRIVATE ${ROOM_OWNS})
  # What fuzzers steer by: which branches were taken. That of comparisons too would slow down all tests.
  if(HEARSAY_FUZZ)
    target_compile_options(hearsay_${name} PRIVATE -fsanitize-coverage=inline-8bit-counters,pc-table)
  endif()
  if(ROOM_HOT AND HEARSAY_SANITIZE MATCHES address)
    target_compile_options(hearsay_${name} PRIVATE $<$<CONFIG:Debug>:-O1>)
  endif()
endfunction()
