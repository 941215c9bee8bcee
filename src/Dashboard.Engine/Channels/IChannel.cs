using Dashboard.Domain.Contacts;

namespace Dashboard.Engine.Channels;

/// <summary>A rendered message, ready to leave.</summary>
/// <param name="AttemptId">The idempotency key.</param>
/// <param name="Channel">The way.</param>
/// <param name="To">E-mail address or number.</param>
/// <param name="ToName">Name of the person.</param>
/// <param name="Subject">Of an e-mail.</param>
/// <param name="Text">Plain text, or what to say.</param>
/// <param name="Html">HTML part of an e-mail.</param>
/// <param name="UnsubscribeUrl">For the List-Unsubscribe header; null = none.</param>
public sealed record OutgoingMessage(
    Guid AttemptId,
    Channel Channel,
    string To,
    string ToName,
    string? Subject,
    string Text,
    string? Html,
    string? UnsubscribeUrl
);

/// <summary>How sure it is that a message left.</summary>
public enum SendKind
{
    /// <summary>The provider took it; it will report what became of it.</summary>
    Accepted,

    /// <summary>The provider knows what became of it.</summary>
    Confirmed,

    /// <summary>It did not leave; another try is safe.</summary>
    NotSent,

    /// <summary>The provider or the address refuses it for good.</summary>
    Rejected,

    /// <summary>Nobody can say whether it left. It is never sent again by itself.</summary>
    Unknown,
}

/// <summary>What became of handing a message over.</summary>
/// <param name="Kind">How sure it is.</param>
/// <param name="Status">The attempt's status.</param>
/// <param name="Outcome">The task's outcome, a word: <c>sent</c>, <c>answered</c>, <c>voicemail</c>, <c>no_answer</c>, …</param>
/// <param name="ProviderId">The provider's id.</param>
/// <param name="Duration">Seconds, for calls.</param>
/// <param name="Response">What the customer said.</param>
/// <param name="Failure">What went wrong, for people.</param>
public sealed record SendOutcome(
    SendKind Kind,
    ContactStatus Status,
    string Outcome,
    string? ProviderId = null,
    int? Duration = null,
    string? Response = null,
    string? Failure = null
);

/// <summary>A way out. A send with a key that was used before must not reach the customer twice where the provider can tell.</summary>
public interface IChannel
{
    /// <summary><c>smtp</c>, <c>simulated</c>, …; shown with every contact.</summary>
    string Provider { get; }

    /// <summary>Hands the message over. Expected failures are outcomes; what it throws counts as <see cref="SendKind.Unknown"/>.</summary>
    Task<SendOutcome> SendAsync(OutgoingMessage message, CancellationToken cancellationToken);

    /// <summary>What is known of a message that was perhaps handed over; <see cref="SendKind.Unknown"/> when nobody can say.</summary>
    Task<SendOutcome> LookUpAsync(
        Guid attemptId,
        Channel channel,
        CancellationToken cancellationToken
    );
}

/// <summary>Which channel carries what in this process.</summary>
/// <param name="channels">The ways out.</param>
/// <param name="forDemo">Takes everything for demo customers in their place; null = nothing special.</param>
public sealed class ChannelSet(
    IReadOnlyDictionary<Channel, IChannel> channels,
    IChannel? forDemo = null
)
{
    /// <summary>The way out for a customer, who may be part of the demo.</summary>
    public IChannel For(Channel channel, bool isDemo) =>
        isDemo && forDemo is not null ? forDemo : channels[channel];

    /// <summary>The way out for a contact channel.</summary>
    public IChannel this[Channel channel] => channels[channel];

    /// <summary>The provider named in an attempt's metadata; null when this process has it not.</summary>
    public IChannel? ByProvider(string? provider, Channel channel) =>
        provider is null || channels[channel].Provider == provider ? channels[channel]
        : forDemo?.Provider == provider ? forDemo
        : null;
}
