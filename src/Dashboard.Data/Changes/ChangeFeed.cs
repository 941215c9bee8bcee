namespace Dashboard.Data.Changes;

/// <summary>A committed change: which table, which row; never data.</summary>
/// <param name="Topic">Table name (constants of <see cref="Topics"/>).</param>
/// <param name="Key">The row's id; <see cref="Guid.Empty"/> means "anything may have changed, read again".</param>
/// <param name="CustomerId">The row's customer, where it has one.</param>
/// <param name="CampaignId">The row's campaign, where it has one.</param>
public readonly record struct Change(
    string Topic,
    Guid Key,
    Guid? CustomerId = null,
    Guid? CampaignId = null
);

/// <summary>How current the feed is; the header shows it.</summary>
public enum FeedState
{
    /// <summary>Connecting or catching up.</summary>
    CatchingUp,

    /// <summary>Every commit arrives.</summary>
    Live,

    /// <summary>Logical decoding is not allowed here: subscribers are told to re-read every 5 s.</summary>
    Polling,
}

/// <summary>The tables whose changes are fed.</summary>
public static class Topics
{
    /// <summary>customers.</summary>
    public const string Customers = "customers";

    /// <summary>customer_profiles.</summary>
    public const string CustomerProfiles = "customer_profiles";

    /// <summary>payment_records.</summary>
    public const string PaymentRecords = "payment_records";

    /// <summary>agents.</summary>
    public const string Agents = "agents";

    /// <summary>campaigns.</summary>
    public const string Campaigns = "campaigns";

    /// <summary>tasks.</summary>
    public const string Tasks = "tasks";

    /// <summary>contact_attempts.</summary>
    public const string ContactAttempts = "contact_attempts";

    /// <summary>templates.</summary>
    public const string Templates = "templates";

    /// <summary>audit_logs.</summary>
    public const string AuditLogs = "audit_logs";

    /// <summary>opt_outs.</summary>
    public const string OptOuts = "opt_outs";

    /// <summary>compliance_rules.</summary>
    public const string ComplianceRules = "compliance_rules";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Customers,
        CustomerProfiles,
        PaymentRecords,
        Agents,
        Campaigns,
        Tasks,
        ContactAttempts,
        Templates,
        AuditLogs,
        OptOuts,
        ComplianceRules,
    ];
}

/// <summary>
/// Hands committed changes to whoever shows them. Subscribers are called on the feed's thread and must only mark
/// themselves dirty; reading happens on their own.
/// </summary>
public sealed class ChangeFeed
{
    private readonly Lock _lock = new();
    private Subscription[] _subscriptions = [];

    /// <summary>How current the feed is.</summary>
    public FeedState State { get; private set; }

    /// <summary>Raised after <see cref="State"/> changed.</summary>
    public event Action<FeedState>? StateChanged;

    /// <summary>Calls <paramref name="onChanges"/> with each commit's changes to <paramref name="topics"/> until disposed.</summary>
    public IDisposable Subscribe(
        IEnumerable<string> topics,
        Action<IReadOnlyList<Change>> onChanges
    )
    {
        var subscription = new Subscription(
            this,
            topics.ToHashSet(StringComparer.Ordinal),
            onChanges
        );
        lock (_lock)
        {
            _subscriptions = [.. _subscriptions, subscription];
        }

        return subscription;
    }

    /// <summary>Hands one commit's changes to the subscribers.</summary>
    public void Publish(IReadOnlyList<Change> changes)
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Deliver(changes);
        }
    }

    /// <summary>Tells every subscriber that anything may have changed.</summary>
    public void PublishResync() => Publish([.. Topics.All.Select(t => new Change(t, Guid.Empty))]);

    /// <summary>Sets <see cref="State"/>.</summary>
    public void SetState(FeedState state)
    {
        if (State != state)
        {
            State = state;
            StateChanged?.Invoke(state);
        }
    }

    private sealed class Subscription(
        ChangeFeed feed,
        HashSet<string> topics,
        Action<IReadOnlyList<Change>> onChanges
    ) : IDisposable
    {
        public void Deliver(IReadOnlyList<Change> changes)
        {
            var concerned = changes.Where(c => topics.Contains(c.Topic)).ToList();
            if (concerned.Count > 0)
            {
                onChanges(concerned);
            }
        }

        public void Dispose()
        {
            lock (feed._lock)
            {
                feed._subscriptions = [.. feed._subscriptions.Where(s => s != this)];
            }
        }
    }
}
