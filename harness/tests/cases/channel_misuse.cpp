// What must not compile, one line at a time: channel_misuse.cmake defines one of the names.
#include "channels/channel.hpp"

void use(channels::sender<int> in, channels::receiver<int> out) {
    in.send(1);
    out.receive();
    for (int value : out) in.try_send(value);
    in.close();
#ifdef SEND_ON_RECEIVER
    out.send(1);
#endif
#ifdef CLOSE_RECEIVER
    out.close();
#endif
#ifdef RECEIVE_FROM_SENDER
    in.receive();
#endif
#ifdef MAKE_RECEIVER_OF_SENDER
    channels::receiver<int> turned = in;
#endif
#ifdef MAKE_SENDER_OF_RECEIVER
    channels::sender<int> turned = out;
#endif
#ifdef COPY_CHANNEL
    channels::channel<int> one, other = one;
#endif
}

void use_both() {
    channels::channel<int> both(1);
    use(both, both);
}
