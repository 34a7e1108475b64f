# What other projects call.
#
#   racepair_add_subject(<target> <source>...)
#
# Adds a program that holds the cases of these sources, compiled with the flags of the project, and a test for each case
# and variant: `ctest` lists them as <mechanism>.<case>.<variant>, labelled with mechanism, kind and detector. Before all
# of them runs <target>.canary; if it fails, none of them runs. Each source must register a case.
#
# The tests are found when CTest starts, because only the built program knows them, and on the machine where they will
# run. What cannot be listed becomes a test that fails and says why.

function(racepair_add_subject target)
  add_executable(${target} ${ARGN})
  target_link_libraries(${target} PRIVATE racepair::subject)

  if(NOT BUILD_TESTING)
    return()
  endif()
  set(files "")
  foreach(source IN LISTS ARGN)
    cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE)
    list(APPEND files "${source}")
  endforeach()
  set(script "${CMAKE_CURRENT_BINARY_DIR}/${target}.ctest.cmake")
  file(GENERATE OUTPUT "${script}" CONTENT
"set(racepair [==[$<TARGET_FILE:racepair::racepair>]==])
set(subject [==[$<TARGET_FILE:${target}>]==])
set(target [==[${target}]==])
set(files [==[${files}]==])
set(results [==[${CMAKE_BINARY_DIR}/racepair-results]==])
set(build [==[${CMAKE_BINARY_DIR}]==])
include([==[${CMAKE_CURRENT_FUNCTION_LIST_DIR}/RacepairDiscover.cmake]==])
")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${script}")
endfunction()
