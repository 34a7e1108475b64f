// default_suppressions: the subject itself asks the runtime to hide the canary's race.

extern "C" const char* __tsan_default_suppressions();
extern "C" const char* __tsan_default_suppressions() { return "race:racepair_canary\n"; }
