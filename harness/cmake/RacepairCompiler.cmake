# Included before project(): the compiler that a preset names must be there, or the message has to say how to get it.

if(DEFINED CMAKE_CXX_COMPILER AND NOT IS_ABSOLUTE "${CMAKE_CXX_COMPILER}")
  find_program(racepair_compiler_found "${CMAKE_CXX_COMPILER}" NO_CACHE)
  if(NOT racepair_compiler_found)
    if(CMAKE_CXX_COMPILER MATCHES "clang")
      string(REGEX MATCH "-[0-9]+$" racepair_version "${CMAKE_CXX_COMPILER}")
      if(racepair_version)
        set(racepair_packages "clang${racepair_version} libclang-rt${racepair_version}-dev llvm${racepair_version}")
      else()
        set(racepair_packages "clang libclang-rt-dev llvm")
      endif()
    else()
      set(racepair_packages "${CMAKE_CXX_COMPILER}")
    endif()
    message(FATAL_ERROR
      "This preset compiles with ${CMAKE_CXX_COMPILER}, which is not in PATH.\n"
      "Install it:   sudo apt-get install ${racepair_packages}\n"
      "Or choose another preset:   cmake --list-presets")
  endif()
  unset(racepair_compiler_found)
endif()
