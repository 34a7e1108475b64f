int before();
int main() { return before(); }
