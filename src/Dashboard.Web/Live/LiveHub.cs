using Dashboard.Data.Operators;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Dashboard.Web.Live;

/// <summary>What the hub <c>/hubs/live</c> calls on its clients (contracts.md, "HTTP API").</summary>
public interface ILiveClient
{
    /// <summary>A task was committed; this is how it is now.</summary>
    Task TaskChanged(TaskNow task);

    /// <summary>An agent was committed; this is how it is now.</summary>
    Task AgentChanged(AgentNow agent);

    /// <summary>Anything may have changed: read again. Also the first call on every connection.</summary>
    Task Resync();
}

/// <summary>Live updates for programs; pages have their circuit. Clients only listen.</summary>
[Authorize(Roles = Roles.AnyRole)]
internal sealed class LiveHub(LiveClients clients) : Hub<ILiveClient>
{
    /// <summary>From here on nothing is missed; what the client read before may be old, hence the first call.</summary>
    public override async Task OnConnectedAsync()
    {
        clients.Joined();
        await base.OnConnectedAsync();
        await Clients.Caller.Resync();
    }

    /// <inheritdoc />
    public override Task OnDisconnectedAsync(Exception? exception)
    {
        clients.Left();
        return base.OnDisconnectedAsync(exception);
    }
}

/// <summary>How many programs listen in this process; without any the broadcaster reads nothing.</summary>
internal sealed class LiveClients
{
    private int _count;

    public bool Any => Volatile.Read(ref _count) > 0;

    public void Joined() => Interlocked.Increment(ref _count);

    public void Left() => Interlocked.Decrement(ref _count);
}
