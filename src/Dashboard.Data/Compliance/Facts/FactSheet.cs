using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;

namespace Dashboard.Data.Compliance.Facts;

/// <summary>
/// What is known of one customer at one instant: what the gate looks at, and what makes a contact possible at all. Whoever
/// judges several contacts of a customer in a row adds each one that is allowed, so that the next sees it.
/// </summary>
public sealed class FactSheet
{
    private readonly List<PastContact> _history = [];
    private readonly Dictionary<Guid, List<PastContact>> _byCampaign = [];
    private readonly HashSet<PastContact> _uncertain = new(ReferenceEqualityComparer.Instance);

    /// <summary>The customer was deleted.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>There is an e-mail address.</summary>
    public bool HasEmail { get; init; }

    /// <summary>There is a number for text messages.</summary>
    public bool HasSms { get; init; }

    /// <summary>There is a number to call.</summary>
    public bool HasPhone { get; init; }

    /// <summary>What the gate looks at; its history is <see cref="History"/>.</summary>
    public ContactFacts Facts { get; internal set; } = new();

    /// <summary>Attempts and inbound contacts as far back as any rule looks.</summary>
    public IReadOnlyList<PastContact> History => _history;

    /// <summary>Attempts whose result is not known (yet): reserved and on their way, a call in progress, or unconfirmed.</summary>
    public IReadOnlySet<PastContact> Uncertain => _uncertain;

    /// <summary>A call to this customer is on its way or in progress.</summary>
    public bool IsCallInFlight { get; private set; }

    /// <summary>Some contact with this customer is on its way.</summary>
    public bool IsAnyInFlight { get; private set; }

    /// <summary>Ids (payment_records.id as text) of the invoices that are unpaid and past their due date, oldest first.</summary>
    public IReadOnlyList<string> Debts => DebtList;

    internal List<string> DebtList { get; } = [];

    internal List<OptOutFact> OptOutList { get; } = [];

    internal List<PriorConsent> PriorConsentList { get; } = [];

    internal List<ChannelConsent> ConsentList { get; } = [];

    /// <summary>The part of <see cref="History"/> that belongs to a campaign.</summary>
    public IReadOnlyList<PastContact> OfCampaign(Guid? campaignId) =>
        campaignId is { } id && _byCampaign.TryGetValue(id, out var own) ? own : [];

    /// <summary>Whether the channel has an address or number.</summary>
    public bool Reaches(Channel channel) =>
        channel switch
        {
            Channel.Email => HasEmail,
            Channel.Sms => HasSms,
            _ => HasPhone,
        };

    /// <summary>Adds a contact.</summary>
    /// <param name="contact">It; uncertain ones are told apart by reference.</param>
    /// <param name="campaignId">The campaign it belongs to.</param>
    /// <param name="isUncertain">Its result is not known.</param>
    /// <param name="isInFlight">It is on its way at this moment.</param>
    public void Add(
        PastContact contact,
        Guid? campaignId,
        bool isUncertain = false,
        bool isInFlight = false
    )
    {
        _history.Add(contact);
        if (isUncertain)
        {
            _uncertain.Add(contact);
        }

        IsAnyInFlight |= isInFlight;
        IsCallInFlight |= isInFlight && contact.Channel == Channel.Phone;
        if (campaignId is not { } id)
        {
            return;
        }

        if (!_byCampaign.TryGetValue(id, out var own))
        {
            _byCampaign[id] = own = [];
        }

        own.Add(contact);
    }
}
