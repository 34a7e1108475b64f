# How a program becomes a subject. For the functions that other projects call, not for other projects.
cmake_policy(VERSION 3.25)

# racepair_make_subject(<target>): has the program compile the subject's sources, main() among them, with its own flags.
function(racepair_make_subject target)
  target_link_libraries(${target} PRIVATE racepair::subject)
  get_target_property(sources racepair_subject INTERFACE_SOURCES)
  list(FILTER sources EXCLUDE REGEX "^\\$<")
  racepair_set_source_properties(${sources})
endfunction()

# racepair_set_source_properties(<source>...): how this folder compiles the subject's sources.
function(racepair_set_source_properties)
  # The flags are the program's, but the habits of its project are not theirs.
  set(quiet "")
  if(NOT racepair_SOURCE_DIR STREQUAL CMAKE_SOURCE_DIR)
    set(quiet -w)
  endif()
  string(TOUPPER "${CMAKE_BUILD_TYPE}" build_type)
  string(STRIP "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${build_type}}" flags)
  foreach(source IN LISTS ARGN)
    cmake_path(GET source STEM name)
    set(options ${quiet})
    set(definitions "")
    if(name STREQUAL "start")
      list(APPEND options -fno-sanitize=all)
    elseif(name STREQUAL "exploring" OR name STREQUAL "team_of_one_run")
      # What drives the trial is no part of it.
      list(APPEND options -fno-sanitize=all -O2)
    elseif(name STREQUAL "identity")
      # It tells the judge with which flags, as far as they are not those of single files.
      set(definitions "RACEPAIR_COMPILE_FLAGS=R\"racepair(${flags} $<JOIN:$<TARGET_PROPERTY:COMPILE_OPTIONS>, >)racepair\"")
    endif()
    set_source_files_properties("${source}" PROPERTIES
      COMPILE_OPTIONS "${options}" COMPILE_DEFINITIONS "${definitions}"
      SKIP_LINTING ON SKIP_PRECOMPILE_HEADERS ON SKIP_UNITY_BUILD_INCLUSION ON)
  endforeach()
endfunction()
