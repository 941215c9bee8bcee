using System.Net;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Options;

namespace Dashboard.Web.Identity;

/// <summary>
/// One circuit's view of its sign-in session: where it came from and when it ends. A page that stays open sends no
/// requests, so its cookie would end unseen; <c>session.js</c> renews it while someone uses the page.
/// </summary>
internal sealed class CircuitSession(TimeProvider time, IOptions<SignInSettings> settings)
{
    /// <summary>False in plain requests.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Where the circuit was opened from.</summary>
    public IPAddress? IpAddress { get; private set; }

    /// <summary>The browser that opened it.</summary>
    public string? UserAgent { get; private set; }

    /// <summary>UTC; when the session ends unless it is renewed.</summary>
    public DateTimeOffset EndsAt { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>True after <see cref="EndsAt"/>: the page shows its message and commands are refused.</summary>
    public bool IsEnded => time.GetUtcNow() >= EndsAt;

    /// <summary>Takes what the first connection tells.</summary>
    public void Open(HttpContext? request)
    {
        IsOpen = true;
        EndsAt = time.GetUtcNow() + settings.Value.SessionLength;
        IpAddress = request?.Connection.RemoteIpAddress ?? IpAddress;
        UserAgent = request is null ? UserAgent : CurrentActor.Browser(request);
    }

    /// <summary>The cookie was renewed until <paramref name="endsAt"/>.</summary>
    public void Renew(DateTimeOffset endsAt) => EndsAt = endsAt;
}

/// <summary>Fills <see cref="CircuitSession"/> when a circuit opens.</summary>
internal sealed class CircuitSessionHandler(CircuitSession session, IHttpContextAccessor http)
    : CircuitHandler
{
    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        session.Open(http.HttpContext);
        return Task.CompletedTask;
    }
}
