//! A listener whose connections can be made to break after a number of bytes: resets need more than HTTP can say.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// How many more bytes a connection lets out.
#[derive(Debug, Clone)]
pub struct Valve(Arc<AtomicUsize>);

const OPEN: usize = usize::MAX;

impl Valve {
    /// Lets this many more bytes out, then resets the connection.
    pub fn close_after(&self, bytes: usize) {
        self.0.store(bytes, Ordering::SeqCst);
    }
}

impl Connected<IncomingStream<'_, Gate>> for Valve {
    fn connect_info(stream: IncomingStream<'_, Gate>) -> Self {
        stream.io().valve.clone()
    }
}

/// The listener.
#[derive(Debug)]
pub struct Gate(TcpListener);

impl Gate {
    pub fn new(listener: TcpListener) -> Self {
        Self(listener)
    }
}

impl Listener for Gate {
    type Io = Piped;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Piped, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        // Without this, small answers wait for the other side's acknowledgement; a server that cannot set it still works.
        stream.set_nodelay(true).ok();
        (Piped { stream, valve: Valve(Arc::new(AtomicUsize::new(OPEN))) }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// A connection behind its valve.
#[derive(Debug)]
pub struct Piped {
    stream: TcpStream,
    valve: Valve,
}

impl AsyncRead for Piped {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_read(context, into)
    }
}

impl AsyncWrite for Piped {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let left = this.valve.0.load(Ordering::SeqCst);
        if left == 0 {
            this.stream.set_zero_linger().ok();
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        let allowed = bytes.get(..left).unwrap_or(bytes);
        let written = std::task::ready!(Pin::new(&mut this.stream).poll_write(context, allowed))?;
        if left != OPEN {
            this.valve.0.store(left - written, Ordering::SeqCst);
        }
        Poll::Ready(Ok(written))
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}
