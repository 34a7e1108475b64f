# What is compiled as another target is. For the functions that other projects call, not for other projects.
cmake_policy(VERSION 3.25)

# racepair_compile_like(<target> <like> CANARY|PROGRAM [<source>]): adds the program <target>, a canary, or the objects
# <target>, which make a subject of <like>; compiled with all the flags that the target <like> is compiled with.
function(racepair_compile_like target like kind)
  if(NOT TARGET ${like})
    message(FATAL_ERROR "usage: there is no target ${like}: name it after the add_library() or add_executable() that makes it.")
  endif()
  get_target_property(aliased ${like} ALIASED_TARGET)
  if(aliased)
    set(like ${aliased})
  endif()
  get_target_property(imported ${like} IMPORTED)
  get_target_property(type ${like} TYPE)
  if(imported OR type STREQUAL "UTILITY")
    message(FATAL_ERROR "usage: ${like} is not compiled in this build, so there are no flags to be the same as.")
  endif()
  # A folder of its own, because some flags are the folder's.
  get_target_property(folder ${like} SOURCE_DIR)
  foreach(variable CMAKE_CXX_FLAGS CMAKE_EXE_LINKER_FLAGS)
    foreach(configuration "" _DEBUG _RELEASE _RELWITHDEBINFO _MINSIZEREL)
      get_directory_property(${variable}${configuration} DIRECTORY "${folder}" DEFINITION ${variable}${configuration})
    endforeach()
  endforeach()
  set(binary_dir "${CMAKE_CURRENT_BINARY_DIR}")
  set(extra ${ARGN})
  add_subdirectory("${CMAKE_CURRENT_FUNCTION_LIST_DIR}/like" "${CMAKE_CURRENT_BINARY_DIR}/${target}.dir")
endfunction()
