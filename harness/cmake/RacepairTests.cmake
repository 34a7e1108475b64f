# How a subject's tests reach CTest. For the functions that other projects call, not for other projects.
cmake_policy(VERSION 3.25)

# racepair_add_tests(<target> [SOURCES <file>...] [ONLY_CANARY]): the tests of a subject, found when CTest starts. Takes
# from its caller what racepair_add_cases takes: arg_DETECTORS, arg_LABELS, arg_TRIALS, arg_TIMEOUT.
function(racepair_add_tests target)
  cmake_parse_arguments(PARSE_ARGV 1 tests "ONLY_CANARY" "" "SOURCES")
  if(DEFINED BUILD_TESTING AND NOT BUILD_TESTING)
    return()
  endif()
  # Nothing may look tested where CTest is never asked.
  cmake_language(EVAL CODE "cmake_language(DEFER CALL racepair_require_testing [==[${target}]==])")
  # With the program comes what judges it.
  add_dependencies(${target} racepair::racepair)

  set(files "")
  foreach(source IN LISTS tests_SOURCES)
    cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE)
    list(APPEND files "${source}")
  endforeach()
  set(script "${CMAKE_CURRENT_BINARY_DIR}/${target}.ctest")
  file(GENERATE OUTPUT "${script}-$<CONFIG>.cmake" CONTENT
"set(racepair [==[$<TARGET_FILE:racepair::racepair>]==])
set(subject [==[$<TARGET_FILE:${target}>]==])
set(target [==[${target}]==])
set(files [==[${files}]==])
set(detectors [==[${arg_DETECTORS}]==])
set(labels [==[${arg_LABELS}]==])
set(trials [==[${arg_TRIALS}]==])
set(timeout [==[${arg_TIMEOUT}]==])
set(only_canary [==[${tests_ONLY_CANARY}]==])
set(results [==[${CMAKE_BINARY_DIR}/racepair-results]==])
include([==[${CMAKE_CURRENT_FUNCTION_LIST_DIR}/RacepairDiscover.cmake]==])
")
  # With a generator of several configurations, CTest is told which one (ctest -C).
  file(WRITE "${script}.cmake"
"set(racepair_configuration [==[${CMAKE_BUILD_TYPE}]==])
if(CTEST_CONFIGURATION_TYPE)
  set(racepair_configuration \"\${CTEST_CONFIGURATION_TYPE}\")
endif()
include(\"${script}-\${racepair_configuration}.cmake\")
")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${script}.cmake")
endfunction()

function(racepair_require_testing target)
  if(NOT CMAKE_TESTING_ENABLED)
    message(FATAL_ERROR
      "usage: ${target} is to be tested, but CTest is not enabled, so ctest would find nothing and say that all is well.\n"
      "Add include(CTest) to the CMakeLists.txt of the top level, before its add_subdirectory(). To build without tests "
      "on purpose: -DBUILD_TESTING=OFF.")
  endif()
endfunction()
