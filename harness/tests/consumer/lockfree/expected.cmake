set(passed
  lockfree_cases.canary
  boost_lockfree.spsc_queue.racy
  boost_lockfree.spsc_queue.fixed
  boost_lockfree.stack.racy
  boost_lockfree.stack.fixed)
set(failed "")
set(said "")
