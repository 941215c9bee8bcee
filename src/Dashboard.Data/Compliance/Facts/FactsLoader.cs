using Dashboard.Data.Customers;
using Dashboard.Data.Sql;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.OptOuts;
using Npgsql;

namespace Dashboard.Data.Compliance.Facts;

/// <summary>
/// The one place that loads what the gate looks at: a set of customers, one round trip. It only reads; a transaction that
/// acts on the answer holds the customers before.
/// </summary>
public sealed class FactsLoader
{
    /// <summary>A call that its provider took is over after this long, whether or not anybody said so.</summary>
    private static readonly TimeSpan s_longestCall = TimeSpan.FromHours(4);

    /// <summary>How far the clocks of two processes may be apart.</summary>
    private static readonly TimeSpan s_clocks = TimeSpan.FromMinutes(5);

    private readonly Dictionary<Guid, FactSheet> _customers = [];
    private readonly DateTime _now;

    private FactsLoader(DateTime now) => _now = now;

    /// <summary>Facts of those customers that exist, by id.</summary>
    /// <param name="connection">Open; inside a transaction where the answer is acted on.</param>
    /// <param name="customers">Whose.</param>
    /// <param name="lookBack">How much history: <see cref="StoredRules.LookBack"/>.</param>
    /// <param name="now">UTC.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<IReadOnlyDictionary<Guid, FactSheet>> LoadAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<Guid> customers,
        TimeSpan lookBack,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        AddTo(batch, customers, lookBack, now);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await ReadAsync(reader, now, cancellationToken);
    }

    /// <summary>Adds the statements to a batch that reads other things too.</summary>
    internal static void AddTo(
        NpgsqlBatch batch,
        IReadOnlyCollection<Guid> customers,
        TimeSpan lookBack,
        DateTime now
    )
    {
        var since = now - lookBack;
        batch.Add(Sql("Customers"), Statement.Keys(customers));
        batch.Add(Sql("OptOuts"), Statement.Keys(customers));
        batch.Add(Sql("Consents"), Statement.Keys(customers), Statement.At(now));
        batch.Add(
            Sql("History"),
            Statement.Keys(customers),
            Statement.At(since),
            Statement.Number((int)lookBack.TotalHours)
        );
        batch.Add(Sql("Inbound"), Statement.Keys(customers), Statement.At(since));
        batch.Add(
            Sql("Debts"),
            Statement.Keys(customers),
            Statement.Day(DateOnly.FromDateTime(now))
        );
    }

    /// <summary>Reads the results of <see cref="AddTo"/>; leaves the reader at the result after them.</summary>
    internal static async Task<Dictionary<Guid, FactSheet>> ReadAsync(
        NpgsqlDataReader reader,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var loader = new FactsLoader(now);
        await reader.EachAsync(loader.AddCustomer, cancellationToken);
        await reader.EachAsync(loader.AddOptOut, cancellationToken);
        await reader.EachAsync(loader.AddConsent, cancellationToken);
        await reader.EachAsync(loader.AddAttempt, cancellationToken);
        await reader.EachAsync(loader.AddInbound, cancellationToken);
        await reader.EachAsync(
            row => loader.Of(row).DebtList.Add(row.GetGuid(1).ToString()),
            cancellationToken
        );
        return loader._customers;
    }

    private FactSheet Of(NpgsqlDataReader row) => _customers[row.GetGuid(0)];

    private void AddCustomer(NpgsqlDataReader row)
    {
        var customer = new FactSheet
        {
            IsDeleted = row.GetBoolean(1),
            HasEmail = row.GetBoolean(2),
            HasSms = row.GetBoolean(3),
            HasPhone = row.GetBoolean(4),
        };
        customer.Facts = new ContactFacts
        {
            Timezone = row.TextOrNull(5),
            DoNotContact = row.GetBoolean(6),
            ContactRestrictions = row.IsDBNull(7) ? [] : row.GetFieldValue<string[]>(7),
            PreferredWindow =
                row.IsDBNull(8) || row.IsDBNull(9)
                    ? null
                    : new PreferredWindow(
                        row.GetFieldValue<TimeOnly>(8),
                        row.GetFieldValue<TimeOnly>(9)
                    ),
            OtherTimezones = row.IsDBNull(10) ? [] : row.GetFieldValue<string[]>(10),
            NoticeSentOn = row.IsDBNull(11) ? null : row.GetFieldValue<DateOnly>(11),
            OptOuts = customer.OptOutList,
            PriorConsents = customer.PriorConsentList,
            Consents = customer.ConsentList,
            History = customer.History,
        };
        _customers[row.GetGuid(0)] = customer;
    }

    private void AddOptOut(NpgsqlDataReader row) =>
        Of(row)
            .OptOutList.Add(
                new OptOutFact(
                    EnumText.Parse<OptOutChannel>(row.GetString(1)),
                    InForceFrom(row.Utc(2)),
                    row.UtcOrNull(3),
                    row.GetBoolean(4)
                )
            );

    /// <summary>
    /// "Now" was read before the rows: a wish that was committed in between, or by a process whose clock is a little ahead, is seen
    /// and holds.
    /// </summary>
    private DateTime InForceFrom(DateTime optedOut) =>
        optedOut > _now && optedOut < _now + s_clocks ? _now : optedOut;

    private void AddConsent(NpgsqlDataReader row)
    {
        var channel = EnumText.Parse<Channel>(row.GetString(2));
        if (EnumText.Parse<ConsentKind>(row.GetString(1)) == ConsentKind.Channel)
        {
            Of(row).ConsentList.Add(new ChannelConsent(channel, row.Utc(4)));
        }
        else
        {
            Of(row)
                .PriorConsentList.Add(
                    new PriorConsent(channel, row.KeyOrNull(3)?.ToString(), row.Utc(4))
                );
        }
    }

    private void AddAttempt(NpgsqlDataReader row)
    {
        var contact = new PastContact(
            EnumText.Parse<Channel>(row.GetString(2)),
            row.Utc(3),
            EnumText.Parse<ContactStatus>(row.GetString(4)),
            row.GetFieldValue<string[]>(6),
            row.IsDBNull(5) ? null : row.GetInt32(5)
        );
        var isOpen = contact.Status == ContactStatus.Sent;
        // A provider that took a call says later how it ended; until then it is in progress.
        var isUncertain =
            isOpen
            && row.TextOrNull(7) switch
            {
                "reserved" or "unconfirmed" => true,
                "accepted" => contact.Channel == Channel.Phone,
                _ => false,
            };
        var isInFlight =
            isUncertain
            && row.GetString(7) != "unconfirmed"
            && (row.GetString(7) == "reserved" || contact.At > _now - s_longestCall);
        Of(row).Add(contact, row.KeyOrNull(1), isUncertain, isInFlight);
    }

    /// <summary>A call that came in is a conversation unless it is known that nobody spoke.</summary>
    private void AddInbound(NpgsqlDataReader row)
    {
        var channel = EnumText.Parse<Channel>(row.GetString(1));
        var status = channel == Channel.Phone ? ContactStatus.Answered : ContactStatus.Replied;
        int? duration = row.IsDBNull(3) ? null : row.GetInt32(3);
        Of(row)
            .Add(new PastContact(channel, row.Utc(2), status, [], duration, Inbound: true), null);
    }

    private static string Sql(string name) => SqlFile.Read<FactsLoader>(name);
}
