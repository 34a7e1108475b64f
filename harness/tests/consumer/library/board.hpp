#pragma once

class Board {
   public:
    void post(int note) { last_ = note; }
    void wipe() { cleared_++; }

   private:
    int last_ = 0;
    int cleared_ = 0;
};
