using System.Net;
using Dashboard.Domain.Audit;

namespace Dashboard.Data.Commands;

/// <summary>Who asks for a change; goes into every audit row it causes.</summary>
/// <param name="Type">Kind of actor.</param>
/// <param name="Id">User id, agent id, API key id or the name of the part of the system; at most 100 characters.</param>
/// <param name="Name">For people.</param>
/// <param name="Roles">Roles of an operator; the system has none and needs none.</param>
/// <param name="IpAddress">Where the request came from.</param>
/// <param name="UserAgent">What sent the request.</param>
public sealed record Actor(
    ActorType Type,
    string Id,
    string Name,
    IReadOnlySet<string> Roles,
    IPAddress? IpAddress = null,
    string? UserAgent = null
)
{
    /// <summary>The product itself; <paramref name="part"/> names which loop or verb.</summary>
    public static Actor System(string part) =>
        new(ActorType.System, part, part, new HashSet<string>());

    /// <summary>True for the system, and for an operator with one of <paramref name="roles"/> (comma-separated).</summary>
    public bool HasAnyRole(string roles) =>
        Type == ActorType.System || roles.Split(',').Any(Roles.Contains);
}
