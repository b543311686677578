package io.reelgate.net;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.function.Predicate;

/**
 * Lets a channel connect to addresses of these ranges alone. It sees the address that is connected to, not the one that a name
 * had a moment before, and each address of a name in its turn.
 */
@Sharable
final class AddressGuard extends ChannelOutboundHandlerAdapter {

    private final List<AddressRange> allowed;
    private final Predicate<InetSocketAddress> never;

    AddressGuard(List<AddressRange> allowed, Predicate<InetSocketAddress> never) {
        this.allowed = List.copyOf(allowed);
        this.never = never;
    }

    @Override
    public void connect(
            ChannelHandlerContext context, SocketAddress remote, SocketAddress local, ChannelPromise promise) {
        if (remote instanceof InetSocketAddress inet
                && inet.getAddress() != null
                && allowed.stream().anyMatch(range -> range.contains(inet.getAddress()))
                && !never.test(inet)) {
            context.connect(remote, local, promise);
        } else {
            promise.setFailure(new ForbiddenAddressException(remote));
        }
    }
}
