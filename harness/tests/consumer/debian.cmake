# Makes the Debian package of this build, installs it below a folder, and has lintian look for errors. Takes build and work.
foreach(program dpkg dpkg-shlibdeps)
  find_program(${program} ${program})
  if(NOT ${program})
    message(FATAL_ERROR "${program} is not in PATH. Next: apt-get install dpkg-dev")
  endif()
endforeach()
file(REMOVE_RECURSE "${work}")
file(WRITE "${work}/root/var/lib/dpkg/status" "")
file(MAKE_DIRECTORY "${work}/root/var/lib/dpkg/updates" "${work}/root/var/lib/dpkg/info")
execute_process(COMMAND "${CMAKE_CPACK_COMMAND}" -G DEB --config "${build}/CPackConfig.cmake" -B "${work}"
  OUTPUT_VARIABLE said ERROR_VARIABLE said RESULT_VARIABLE wrong)
file(GLOB package "${work}/racepair_*.deb")
if(wrong OR NOT package)
  message(FATAL_ERROR "cpack: ${said}")
endif()
# What it depends on is on this machine, not below that folder.
execute_process(COMMAND "${dpkg}" "--root=${work}/root" --force-depends --force-not-root --force-bad-path
    "--log=${work}/dpkg.log" -i "${package}"
  OUTPUT_VARIABLE said ERROR_VARIABLE said RESULT_VARIABLE wrong)
if(wrong)
  message(FATAL_ERROR "dpkg: ${said}")
endif()
execute_process(COMMAND "${work}/root/usr/bin/racepair" doctor OUTPUT_VARIABLE said RESULT_VARIABLE wrong)
if(NOT said MATCHES "ok +canary")
  message(FATAL_ERROR "racepair doctor, as installed: ${said}")
endif()
foreach(file share/cmake/racepair/racepairConfig.cmake share/pkgconfig/racepair.pc include/racepair/case.hpp
    share/doc/racepair/copyright share/doc/racepair/examples/github.yml share/man/man1/racepair.1.gz
    share/bash-completion/completions/racepair)
  if(NOT EXISTS "${work}/root/usr/${file}")
    message(SEND_ERROR "not installed: /usr/${file}")
  endif()
endforeach()
find_program(lintian lintian)
if(NOT lintian)
  message("absent: lintian, so its errors were not looked for. Next: apt-get install lintian")
  return()
endif()
execute_process(COMMAND "${lintian}" --fail-on error "${package}" OUTPUT_VARIABLE said ERROR_VARIABLE said
  RESULT_VARIABLE wrong)
if(wrong)
  message(SEND_ERROR "lintian: ${said}")
endif()
