using Dashboard.Domain.Contacts;
using Dashboard.Domain.OptOuts;

namespace Dashboard.Domain.Compliance;

/// <summary>An earlier contact attempt, or a contact the customer started.</summary>
/// <param name="Channel">The way it went.</param>
/// <param name="At">UTC.</param>
/// <param name="Status">How far it got.</param>
/// <param name="Debts">The invoices it was about; empty = unknown, which counts for every invoice.</param>
/// <param name="DurationSeconds">Of a call; 0 = answered but nobody spoke, null = unknown.</param>
/// <param name="Inbound">The customer started it.</param>
/// <param name="Person">Somebody other than the customer who was contacted, e.g. a guarantor; null = the customer. Limits count by person.</param>
public sealed record PastContact(
    Channel Channel,
    DateTime At,
    ContactStatus Status,
    IReadOnlyList<string> Debts,
    int? DurationSeconds = null,
    bool Inbound = false,
    string? Person = null
)
{
    /// <summary>A person spoke on the phone, whoever started the call.</summary>
    public bool IsConversation =>
        Channel == Channel.Phone && Status == ContactStatus.Answered && DurationSeconds != 0;
}

/// <summary>A wish not to be contacted, in force in [EffectiveAt, ExpiresAt), UTC; no end = for good.</summary>
/// <param name="Channel">Which channel.</param>
/// <param name="EffectiveAt">UTC, inclusive.</param>
/// <param name="ExpiresAt">UTC, exclusive; null = for good.</param>
/// <param name="UntilRead">It only waits for a person to read the customer's message; changes what is said, not what is decided.</param>
public sealed record OptOutFact(
    OptOutChannel Channel,
    DateTime EffectiveAt,
    DateTime? ExpiresAt,
    bool UntilRead = false
);

/// <summary>Hours the customer asked for, wall clock in the primary zone, half-open; end before start = over midnight.</summary>
/// <param name="Start">Inclusive.</param>
/// <param name="End">Exclusive; 00:00 = midnight at the end of the day.</param>
/// <param name="Days">Days on which the window starts; null = every day.</param>
public sealed record PreferredWindow(
    TimeOnly Start,
    TimeOnly End,
    IReadOnlyList<DayOfWeek>? Days = null
);

/// <summary>
/// Consent given directly to us for calls that would otherwise be limited: in force on the day it is given and the six
/// after it, and until the next conversation (12 CFR 1006.14(b)(3)(i)).
/// </summary>
/// <param name="Channel">For this channel only.</param>
/// <param name="Debt">For this invoice only; null = for all.</param>
/// <param name="GivenAt">UTC.</param>
public sealed record PriorConsent(Channel Channel, string? Debt, DateTime GivenAt);

/// <summary>Consent to a channel.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="LastConfirmedAt">UTC; when it was given or last renewed.</param>
public sealed record ChannelConsent(Channel Channel, DateTime LastConfirmedAt);

/// <summary>Everything the gate looks at besides the rules and the request; loaded before, never during, an evaluation.</summary>
public sealed record ContactFacts
{
    /// <summary>Primary IANA zone; null, empty or unknown = no zone.</summary>
    public string? Timezone { get; init; }

    /// <summary>Further zones in which the customer may be.</summary>
    public IReadOnlyList<string> OtherTimezones { get; init; } = [];

    /// <summary>Opt-outs, lapsed and future ones included.</summary>
    public IReadOnlyList<OptOutFact> OptOuts { get; init; } = [];

    /// <summary>Never contact, on any channel.</summary>
    public bool DoNotContact { get; init; }

    /// <summary>Channels never to use: <c>email</c>, <c>phone</c>, <c>sms</c>, <c>all</c>; other words name no channel of ours.</summary>
    public IReadOnlyList<string> ContactRestrictions { get; init; } = [];

    /// <summary>Hours the customer asked for; null = none.</summary>
    public PreferredWindow? PreferredWindow { get; init; }

    /// <summary>Consents that lift rules with <c>consent_exempt</c>.</summary>
    public IReadOnlyList<PriorConsent> PriorConsents { get; init; } = [];

    /// <summary>Consents to channels, for <c>consent_required</c>.</summary>
    public IReadOnlyList<ChannelConsent> Consents { get; init; } = [];

    /// <summary>Local date on which the written notice was sent; null = none on file.</summary>
    public DateOnly? NoticeSentOn { get; init; }

    /// <summary>Attempts and inbound contacts, in any order; those later than the instant looked at do not count.</summary>
    public IReadOnlyList<PastContact> History { get; init; } = [];
}

/// <summary>What is about to be sent.</summary>
/// <param name="Channel">The way it would go.</param>
/// <param name="At">UTC; when it would leave.</param>
/// <param name="Debts">The invoices it is about (payment_records.id as text).</param>
/// <param name="Purpose">E.g. <c>optout_confirmation</c>; null = collection.</param>
/// <param name="Person">Somebody other than the customer whom it is for; null = the customer.</param>
public sealed record ContactRequest(
    Channel Channel,
    DateTime At,
    IReadOnlyList<string> Debts,
    string? Purpose = null,
    string? Person = null
);
