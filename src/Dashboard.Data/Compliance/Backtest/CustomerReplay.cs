using System.Text.Json;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;

namespace Dashboard.Data.Compliance.Backtest;

/// <summary>
/// Replays one customer's past in order, with two histories: as it was, for the rule that was in force, and as it would have
/// been, for the draft. What the draft stops (later, for good, to a person) is not in the second one; what needs approval
/// counts as approved; a refusal that the draft lets through is in it as sent, and the next contact of its task is not, for it
/// would have been that one.
/// </summary>
internal sealed class CustomerReplay(
    Guid customerId,
    PastFacts facts,
    RuleTrials trials,
    DateTime from
)
{
    private readonly Dictionary<string, string[]> _debts = new(StringComparer.Ordinal);
    private readonly HashSet<Guid> _made = [];
    private readonly Timeline _actual = new(facts, trials.LookBack);
    private readonly Timeline _drafted = new(facts, trials.LookBack);

    /// <summary>Whose.</summary>
    public Guid CustomerId { get; } = customerId;

    /// <summary>Takes the next event; null when it is history only.</summary>
    public Replayed? Step(PastEvent past) =>
        past.Kind switch
        {
            PastEventKind.Attempt when past.At >= from => Contact(past),
            PastEventKind.Refusal => Refusal(past),
            _ => Remember(past),
        };

    private Replayed? Remember(PastEvent past)
    {
        var contact = Past(past);
        _actual.Add(contact);
        _drafted.Add(contact);
        return null;
    }

    private Replayed Contact(PastEvent past)
    {
        var contact = Past(past);
        var request = Request(past, contact.Debts);
        // Made earlier already, where the draft let through what was refused.
        var madeBefore = _made.Remove(past.TaskId);
        var before = madeBefore
            ? null
            : trials.InForceAt(past.At).Judge(_actual.At(past.At), request);
        var now = madeBefore ? null : trials.Draft.Judge(_drafted.At(past.At), request);
        var change = madeBefore ? null : Comparison.OfContact(before, now);
        _actual.Add(contact);
        if (
            !madeBefore
            && change
                is not (BacktestChange.Later or BacktestChange.ForGood or BacktestChange.Escalated)
        )
        {
            _drafted.Add(contact);
        }

        return new Replayed(past, change, before, now, contact.Debts, facts.At(past.At).Timezone);
    }

    private Replayed Refusal(PastEvent past)
    {
        var debts = Debts(past.Debts);
        if (_made.Contains(past.TaskId))
        {
            return new Replayed(past, null, null, null, debts, null);
        }

        var request = Request(past, debts);
        var before = trials.InForceAt(past.At).Judge(_actual.At(past.At), request);
        var now = trials.Draft.Judge(_drafted.At(past.At), request);
        var change = Comparison.OfRefusal(
            past,
            EnumText.Parse<GateVerdict>(past.Status),
            before,
            now
        );
        if (change == BacktestChange.Allowed)
        {
            _made.Add(past.TaskId);
            _drafted.Add(new PastContact(past.Channel, past.At, ContactStatus.Sent, debts));
        }

        return new Replayed(past, change, before, now, debts, facts.At(past.At).Timezone);
    }

    private static ContactRequest Request(PastEvent past, IReadOnlyList<string> debts) =>
        new(past.Channel, past.At, debts, past.Purpose);

    private PastContact Past(PastEvent past) =>
        new(
            past.Channel,
            past.At,
            EnumText.Parse<ContactStatus>(past.Status),
            Debts(past.Debts),
            past.Duration,
            Inbound: past.Kind == PastEventKind.Inbound
        );

    // The same few invoices come again with every contact of a customer.
    private string[] Debts(string? json)
    {
        if (json is null)
        {
            return [];
        }

        if (!_debts.TryGetValue(json, out var debts))
        {
            _debts[json] = debts = JsonSerializer.Deserialize<string[]>(json) ?? [];
        }

        return debts;
    }

    /// <summary>The facts with a history that grows at one end and is forgotten at the other.</summary>
    private sealed class Timeline(PastFacts facts, TimeSpan lookBack)
    {
        private readonly SlidingHistory _history = new();
        private ContactFacts? _plain;
        private ContactFacts? _whole;

        public void Add(PastContact contact)
        {
            if (lookBack > TimeSpan.Zero)
            {
                _history.Add(contact);
            }
        }

        public ContactFacts At(DateTime utc)
        {
            _history.ForgetBefore(utc.Ticks - Math.Min(utc.Ticks, lookBack.Ticks));
            var plain = facts.At(utc);
            if (_whole is null || !ReferenceEquals(plain, _plain))
            {
                (_plain, _whole) = (plain, plain with { History = _history });
            }

            return _whole;
        }
    }
}
