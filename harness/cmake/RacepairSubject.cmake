# How a program becomes a subject. For the functions that other projects call, not for other projects.
cmake_policy(VERSION 3.25)

# racepair_make_subject(<target>): has the program compile the subject's sources, main() among them, with its own flags.
function(racepair_make_subject target)
  if(TARGET racepair_subject_of_build)
    # In racepair's own build, where all flags are those of the build, they are compiled once.
    target_link_libraries(${target} PRIVATE racepair_subject_of_build)
    return()
  endif()
  racepair_list_sources(sources)
  racepair_compile_sources(${target} ${sources})
  target_sources(${target} PRIVATE $<TARGET_OBJECTS:racepair_silent>)
endfunction()

# racepair_list_sources(<variable>): the sources that each subject compiles for itself.
function(racepair_list_sources variable)
  get_target_property(sources racepair_subject INTERFACE_SOURCES)
  list(FILTER sources EXCLUDE REGEX "^\\$<")
  set(${variable} ${sources} PARENT_SCOPE)
endfunction()

# racepair_compile_sources(<target> <source>...): has the target compile these with its own flags.
function(racepair_compile_sources target)
  set(apart ${ARGN})
  set(together "")
  set(quiet "")
  # The flags are the program's, but the habits of its project are not theirs; and it compiles them in one go, which takes
  # half the time.
  if(NOT racepair_SOURCE_DIR STREQUAL CMAKE_SOURCE_DIR)
    set(quiet -w)
    set(together ${ARGN})
    list(FILTER together EXCLUDE REGEX "/(start|exploring|team_of_one_run)\\.cpp$")
    list(REMOVE_ITEM apart ${together})
    list(TRANSFORM together REPLACE "(.+)" "#include \"\\1\"")
    list(JOIN together "\n" includes)
    string(MD5 name "${includes}")
    set(together "${CMAKE_CURRENT_BINARY_DIR}/racepair_${name}.cpp")
    file(CONFIGURE OUTPUT "${together}" CONTENT "${includes}\n" @ONLY)
  endif()
  target_link_libraries(${target} PRIVATE racepair_headers)
  target_sources(${target} PRIVATE ${apart} ${together})

  string(TOUPPER "${CMAKE_BUILD_TYPE}" build_type)
  string(STRIP "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${build_type}}" flags)
  foreach(source IN LISTS apart together)
    cmake_path(GET source STEM name)
    set(options ${quiet})
    set(definitions "")
    if(name STREQUAL "start")
      list(APPEND options -fno-sanitize=all)
    elseif(name STREQUAL "exploring" OR name STREQUAL "team_of_one_run")
      # What drives the trial is no part of it.
      list(APPEND options -fno-sanitize=all -O2)
    elseif(name STREQUAL "identity" OR source STREQUAL together)
      # It tells the judge with which flags, as far as they are not those of single files.
      set(definitions "RACEPAIR_COMPILE_FLAGS=R\"racepair(${flags} $<JOIN:$<TARGET_PROPERTY:COMPILE_OPTIONS>, >)racepair\"")
    endif()
    set_source_files_properties("${source}" PROPERTIES
      COMPILE_OPTIONS "${options}" COMPILE_DEFINITIONS "${definitions}"
      SKIP_LINTING ON SKIP_PRECOMPILE_HEADERS ON SKIP_UNITY_BUILD_INCLUSION ON)
  endforeach()
endfunction()
