int before() { return 0; }
