using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Dashboard.Web.Tests.Live;

/// <summary>SignalR's JSON protocol by hand over a WebSocket: the .NET client package is not in the feed.</summary>
internal sealed class HubClient : IDisposable
{
    private const byte End = 0x1e;

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly List<byte> _received = [];

    /// <summary>Connects and shakes hands; throws <see cref="WebSocketException"/> when the server refuses.</summary>
    public static async Task<HubClient> ConnectAsync(Uri address)
    {
        var client = new HubClient();
        await client._socket.ConnectAsync(address, CancellationToken.None);
        await client.SendAsync("""{"protocol":"json","version":1}""");
        var answer = await client.FrameAsync();
        return answer.TryGetProperty("error", out var error)
            ? throw new InvalidOperationException(error.GetString())
            : client;
    }

    /// <summary>The next call of the server: its name and its argument as JSON text (empty without one).</summary>
    public async Task<(string Name, string Argument)> NextCallAsync()
    {
        while (true)
        {
            var frame = await FrameAsync();
            if (frame.GetProperty("type").GetInt32() == 1)
            {
                var argument = frame.GetProperty("arguments").EnumerateArray().FirstOrDefault();
                return (
                    frame.GetProperty("target").GetString()!,
                    argument.ValueKind == JsonValueKind.Undefined ? "" : argument.GetRawText()
                );
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private Task SendAsync(string json) =>
        _socket.SendAsync(
            new ArraySegment<byte>([.. Encoding.UTF8.GetBytes(json), End]),
            WebSocketMessageType.Text,
            endOfMessage: true,
            CancellationToken.None
        );

    private async Task<JsonElement> FrameAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        int end;
        while ((end = _received.IndexOf(End)) < 0)
        {
            var part = await _socket.ReceiveAsync(_buffer, patience.Token);
            Assert(part.MessageType != WebSocketMessageType.Close);
            _received.AddRange(_buffer.AsSpan(0, part.Count));
        }

        var frame = JsonDocument.Parse(_received.GetRange(0, end).ToArray()).RootElement.Clone();
        _received.RemoveRange(0, end + 1);
        return frame;
    }

    private void Assert(bool open) =>
        Xunit.Assert.True(open, $"The server closed: {_socket.CloseStatusDescription}");
}
