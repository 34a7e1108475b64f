# Included by the folders of racepair that are built within another project: its flags are theirs, but not the warnings that
# it wants, nor the tools that look at its sources.
add_compile_options(-w)
foreach(tool CLANG_TIDY CPPCHECK CPPLINT INCLUDE_WHAT_YOU_USE)
  set(CMAKE_CXX_${tool} "")
endforeach()
set(CMAKE_UNITY_BUILD OFF)
