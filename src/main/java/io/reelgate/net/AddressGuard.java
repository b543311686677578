package io.reelgate.net;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

/**
 * Lets a channel connect to addresses of these ranges alone. It sees the address that is connected to, not the one that a name
 * had a moment before, and each address of a name in its turn.
 */
@Sharable
final class AddressGuard extends ChannelOutboundHandlerAdapter {

    private final List<AddressRange> allowed;

    AddressGuard(List<AddressRange> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    @Override
    public void connect(
            ChannelHandlerContext context, SocketAddress remote, SocketAddress local, ChannelPromise promise) {
        if (remote instanceof InetSocketAddress inet
                && inet.getAddress() != null
                && allowed.stream().anyMatch(range -> range.contains(inet.getAddress()))) {
            context.connect(remote, local, promise);
        } else {
            promise.setFailure(new ForbiddenAddressException(remote));
        }
    }
}
