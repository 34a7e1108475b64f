# Installs racepair as it was built, and moves it. Takes build, prefix and moved.
file(REMOVE_RECURSE "${prefix}" "${moved}")
execute_process(COMMAND "${CMAKE_COMMAND}" --install "${build}" --prefix "${prefix}"
  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
file(RENAME "${prefix}" "${moved}")

# Nothing in it knows where it was.
file(GLOB_RECURSE files "${moved}/share/*" "${moved}/include/*")
foreach(file IN LISTS files)
  file(STRINGS "${file}" lines REGEX "${prefix}|${build}")
  if(lines)
    message(FATAL_ERROR "${file} names the folder that it was installed to or built in: ${lines}")
  endif()
endforeach()
list(LENGTH files number)
if(number LESS 50)
  message(FATAL_ERROR "only ${number} files were installed: nothing proven")
endif()

# pkg-config finds the headers and the judge.
find_program(pkg_config pkg-config)
if(NOT pkg_config)
  message(FATAL_ERROR "pkg-config is not in PATH. Next: apt-get install pkg-config")
endif()
set(ENV{PKG_CONFIG_PATH} "${moved}/share/pkgconfig")
foreach(asked --validate --cflags --variable=judge --variable=subject)
  execute_process(COMMAND "${pkg_config}" ${asked} racepair OUTPUT_VARIABLE answer
    OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX REPLACE "^-pthread |^-I| -pthread$" "" path "${answer}")
  string(REGEX REPLACE "^-I| *-pthread *" "" path "${path}")
  string(REPLACE "\\ " " " path "${path}") # as a shell would read it
  if(path STREQUAL "" AND NOT asked STREQUAL "--validate" OR NOT path STREQUAL "" AND NOT EXISTS "${path}")
    message(FATAL_ERROR "pkg-config ${asked} racepair says '${answer}': that is not there")
  endif()
endforeach()
