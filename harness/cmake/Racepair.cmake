# What other projects call: racepair_add_cases, racepair_add_canary, racepair_add_program.
include("${CMAKE_CURRENT_LIST_DIR}/RacepairArguments.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/RacepairCanary.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/RacepairCases.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/RacepairLike.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/RacepairProgram.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/RacepairSubject.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/RacepairTests.cmake")
