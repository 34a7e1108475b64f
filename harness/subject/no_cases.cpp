// A subject without cases of its own: `racepair doctor` runs the canary that every subject has.
