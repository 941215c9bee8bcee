using System.Globalization;
using Dashboard.Tests.Shared;

namespace Dashboard.Engine.Tests.Race;

/// <summary>Plants known violations of every rule in a copy of the attempts.</summary>
internal sealed class RacePlants(
    TestDatabase database,
    RaceBook book,
    RaceRules rules,
    RaceStops stops
)
{
    public const string Copy = "race_copy";

    private readonly List<string> _rows = [];

    /// <summary>What was planted.</summary>
    public List<Violation> Planted { get; } = [];

    /// <summary>Copies and plants.</summary>
    public async Task PlantAsync()
    {
        // Far from what really happened, so that each one stands for itself: customers of the open zone, minutes earlier.
        var from = rules.Start.AddMinutes(-30);
        foreach (var customer in book.CustomerIds.Where((_, i) => i % 2 == 0).Take(20))
        {
            Limits(customer, from);
        }

        foreach (var stop in stops.All.GroupBy(s => s.Kind).SelectMany(g => g.Take(5)))
        {
            // A stop that was lifted at once leaves no room.
            if (stop.To is null || stop.To - stop.From > TimeSpan.FromMilliseconds(10))
            {
                var id = stop.CustomerId ?? book.CustomerIds[^2];
                Plant(stop.Kind, id, stop.Channel ?? "email", stop.From.AddMilliseconds(5));
            }
        }

        foreach (var customer in book.CustomerIds.Where((_, i) => i % 2 == 1).Take(5))
        {
            Plant("Hours", customer, "email", rules.ClosesAt.AddSeconds(2));
            Plant("Hours", customer, "sms", rules.ClosesAt.AddHours(3));
        }

        await database.DataSource.ExecuteAsync($"CREATE TABLE {Copy} AS TABLE contact_attempts");
        await database.DataSource.ExecuteAsync(
            $"INSERT INTO {Copy} (id, customer_id, channel, status, duration, timestamp, metadata) VALUES {string.Join(", ", _rows)}"
        );
    }

    private void Limits(Guid customer, DateTime from)
    {
        var debt = book.Invoices[customer][0];
        Add(customer, "email", from);
        Plant("Interval", customer, "sms", from.AddSeconds(RaceRules.IntervalSeconds - 0.001));

        var rolling = from.AddMinutes(1);
        Add(customer, "email", rolling);
        Add(customer, "email", rolling.AddSeconds(4));
        Plant("Rolling", customer, "email", rolling.AddSeconds(RaceRules.RollingSeconds - 0.001));

        var voicemail = from.AddMinutes(2);
        Add(customer, "phone", voicemail, "delivered", book.Invoices[customer][1]);
        Plant(
            "Voicemail",
            customer,
            "phone",
            voicemail.AddSeconds(RaceRules.VoicemailSeconds - 0.001),
            book.Invoices[customer][1]
        );

        for (var i = 0; i < RaceRules.SmsADay; i++)
        {
            Add(customer, "sms", from.AddMinutes(3 + i), "sent", debt);
        }

        Plant("Text messages a day", customer, "sms", from.AddMinutes(10), debt);
        Add(customer, "phone", from.AddMinutes(11), "answered", debt, 30);
        Plant("Cooldown", customer, "phone", from.AddMinutes(12), debt);
    }

    private void Plant(
        string rule,
        Guid customer,
        string channel,
        DateTime at,
        Guid? debt = null
    ) => Planted.Add(new Violation(Add(customer, channel, at, "sent", debt), rule));

    private Guid Add(
        Guid customer,
        string channel,
        DateTime at,
        string status = "sent",
        Guid? debt = null,
        int? duration = null
    )
    {
        var id = Guid.CreateVersion7();
        var debts = debt is null ? "" : $"\"{debt}\"";
        var seconds = duration?.ToString(CultureInfo.InvariantCulture) ?? "NULL";
        var stamp = at.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        _rows.Add(
            $$$"""('{{{id}}}', '{{{customer}}}', '{{{channel}}}', '{{{status}}}', {{{seconds}}}, '{{{stamp}}}', '{"clearance": {"debts": [{{{debts}}}]}}')"""
        );
        return id;
    }
}
