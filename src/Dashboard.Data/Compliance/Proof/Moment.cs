using Dashboard.Domain.Contacts;
using Dashboard.Domain.OptOuts;

namespace Dashboard.Data.Compliance.Proof;

/// <summary>One contact on the customer's record, whoever started it.</summary>
/// <param name="Channel">The way it went.</param>
/// <param name="At">UTC.</param>
/// <param name="Status">How far it got.</param>
/// <param name="Debts">The invoices it was about; none = unknown, which may be any.</param>
/// <param name="DurationSeconds">Of a call; 0 = nobody spoke, null = unknown.</param>
/// <param name="Inbound">The customer started it.</param>
/// <param name="Person">Somebody else who was contacted; null = the customer.</param>
/// <param name="CampaignId">The campaign it belonged to.</param>
internal sealed record OnRecord(
    Channel Channel,
    DateTime At,
    ContactStatus Status,
    IReadOnlyList<string> Debts,
    int? DurationSeconds = null,
    bool Inbound = false,
    string? Person = null,
    Guid? CampaignId = null
)
{
    // A day is asked for again and again, nearly always in the same zone.
    private (TimeZoneInfo Zone, DateOnly Date)? _date;

    /// <summary>Two people spoke.</summary>
    internal bool IsTalk =>
        Channel == Channel.Phone && Status == ContactStatus.Answered && DurationSeconds != 0;

    /// <summary>Sent by us and not turned away by the address or number.</summary>
    internal bool WentOut =>
        !Inbound && Status is not (ContactStatus.Failed or ContactStatus.Bounced);

    /// <summary>Whether it was about the invoice, as far as anybody knows; null asks for no invoice in particular.</summary>
    internal bool MayBeAbout(string? debt) =>
        debt is null || Debts.Count == 0 || Debts.Contains(debt);

    /// <summary>The date on the customer's calendar.</summary>
    internal DateOnly DateIn(Place place)
    {
        if (_date is not { } known || !ReferenceEquals(known.Zone, place.Zone))
        {
            _date = known = (place.Zone, place.DateAt(At));
        }

        return known.Date;
    }
}

/// <summary>An opt-out, in force from <paramref name="From"/> (inclusive) to <paramref name="Until"/> (exclusive), UTC.</summary>
internal sealed record OptOutThen(OptOutChannel Channel, DateTime From, DateTime? Until);

/// <summary>A consent that lifts limits on calls; <paramref name="Debt"/> null = for every invoice.</summary>
internal sealed record PriorConsentThen(Channel Channel, string? Debt, DateTime GivenAt);

/// <summary>A consent to a channel.</summary>
internal sealed record ChannelConsentThen(Channel Channel, DateTime ConfirmedAt);

/// <summary>Hours the customer asked for; <paramref name="Days"/> null = every day.</summary>
internal sealed record HoursThen(TimeOnly Start, TimeOnly End, IReadOnlyList<DayOfWeek>? Days);

/// <summary>What was known of the customer at the instant of a contact.</summary>
internal sealed record CustomerThen
{
    /// <summary>Name of the primary zone.</summary>
    internal string? Timezone { get; init; }

    /// <summary>Names of further ones.</summary>
    internal IReadOnlyList<string> OtherTimezones { get; init; } = [];

    /// <summary>No contact at all.</summary>
    internal bool DoNotContact { get; init; }

    /// <summary>Words for channels that are never to be used.</summary>
    internal IReadOnlyList<string> Restrictions { get; init; } = [];

    /// <summary>Hours the customer asked for.</summary>
    internal HoursThen? Preferred { get; init; }

    /// <summary>Every opt-out on file.</summary>
    internal IReadOnlyList<OptOutThen> OptOuts { get; init; } = [];

    /// <summary>Consents to further calls.</summary>
    internal IReadOnlyList<PriorConsentThen> FurtherCalls { get; init; } = [];

    /// <summary>Consents to channels.</summary>
    internal IReadOnlyList<ChannelConsentThen> ChannelConsents { get; init; } = [];

    /// <summary>Local date of the written notice.</summary>
    internal DateOnly? NoticeSentOn { get; init; }
}

/// <summary>A campaign's own limits.</summary>
internal sealed record LimitsThen(
    string? Timezone,
    TimeOnly? Start,
    TimeOnly? End,
    int? MaxDaily,
    double? CooldownHours
);

/// <summary>The contact in question and everything that counted at its instant.</summary>
internal sealed record Moment
{
    /// <summary>The way it went.</summary>
    internal required Channel Channel { get; init; }

    /// <summary>UTC; when it was reserved.</summary>
    internal required DateTime At { get; init; }

    /// <summary>The invoices it was about.</summary>
    internal IReadOnlyList<string> Debts { get; init; } = [];

    /// <summary>Null = collection.</summary>
    internal string? Purpose { get; init; }

    /// <summary>Null = the customer.</summary>
    internal string? Person { get; init; }

    /// <summary>The campaign it belonged to.</summary>
    internal Guid? CampaignId { get; init; }

    /// <summary>That campaign's limits.</summary>
    internal LimitsThen? Limits { get; init; }

    /// <summary>What was known of the customer.</summary>
    internal required CustomerThen Customer { get; init; }

    /// <summary>Contacts before this one, none later.</summary>
    internal required IReadOnlyList<OnRecord> Past { get; init; }

    /// <summary>Every place the customer may be in whose zone is known, the primary one first.</summary>
    internal required IReadOnlyList<Place> Places { get; init; }

    /// <summary>Whose calendar counts.</summary>
    internal Place? Home => Places.Count > 0 ? Places[0] : null;

    /// <summary>The invoices that are counted apart; one null = all together.</summary>
    internal IReadOnlyList<string?> Buckets(bool eachInvoice) =>
        eachInvoice && Debts.Count > 0 ? (IReadOnlyList<string?>)Debts : [null];

    /// <summary>The places of a customer's zone names; names that are no zone are none.</summary>
    internal static IReadOnlyList<Place> PlacesOf(CustomerThen customer) =>
        [
            .. new[] { customer.Timezone }
                .Concat(customer.OtherTimezones)
                .Select(Place.Named)
                .OfType<Place>()
                .DistinctBy(p => p.Name),
        ];
}
