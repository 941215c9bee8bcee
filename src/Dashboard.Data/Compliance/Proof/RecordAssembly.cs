using System.Text.Json;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Npgsql;

namespace Dashboard.Data.Compliance.Proof;

/// <summary>Puts the rows of a batch together, customer by customer.</summary>
internal sealed class RecordAssembly
{
    private readonly Dictionary<Guid, Parts> _customers = [];

    internal void Customer(NpgsqlDataReader row) =>
        _customers[row.GetGuid(0)] = new Parts(row.GetGuid(0), row.GetString(1), row.GetBoolean(2));

    internal void Attempt(NpgsqlDataReader row) =>
        _customers[row.GetGuid(0)]
            .Attempts.Add(
                new AttemptRow
                {
                    Id = row.GetGuid(1),
                    TaskId = row.GetGuid(2),
                    CampaignId = row.IsDBNull(3) ? null : row.GetGuid(3),
                    Channel = EnumText.Parse<Channel>(row.GetString(4)),
                    Status = EnumText.Parse<ContactStatus>(row.GetString(5)),
                    At = RecordLoader.Utc(row, 6)!.Value,
                    DurationSeconds = row.IsDBNull(7) ? null : row.GetInt32(7),
                    Debts = row.GetFieldValue<string[]>(8),
                    Purpose = row.IsDBNull(9) ? null : row.GetString(9),
                    HasClearance = row.GetBoolean(10),
                    Seen = row.IsDBNull(11) ? null : row.GetInt32(11),
                    Named = [.. row.GetFieldValue<string[]>(12).Select(ReadNamed)],
                }
            );

    internal void Contact(NpgsqlDataReader row)
    {
        var channel = EnumText.Parse<Channel>(row.GetString(1));
        _customers[row.GetGuid(0)]
            .Inbound.Add(
                new OnRecord(
                    channel,
                    RecordLoader.Utc(row, 2)!.Value,
                    channel == Channel.Phone ? ContactStatus.Answered : ContactStatus.Delivered,
                    [],
                    row.IsDBNull(3) ? null : row.GetInt32(3),
                    Inbound: true
                )
            );
    }

    internal void Fact(NpgsqlDataReader row)
    {
        var facts = _customers[row.GetGuid(0)].Facts;
        var key = (row.GetString(1), row.GetGuid(2));
        var document = JsonSerializer.Deserialize<JsonElement>(row.GetString(3));
        var known = facts.GetValueOrDefault(key) ?? new FactRow(key.Item1, key.Item2, null, []);
        facts[key] = RecordLoader.Utc(row, 4) is { } until
            ? known with
            {
                Before = [.. known.Before, (document, until)],
            }
            : known with
            {
                Current = document,
            };
    }

    internal void Approval(NpgsqlDataReader row)
    {
        using var findings = JsonDocument.Parse(row.GetString(3));
        HashSet<string> rules = [row.GetString(2)];
        if (findings.RootElement.ValueKind == JsonValueKind.Array)
        {
            rules.UnionWith(
                findings
                    .RootElement.EnumerateArray()
                    .Where(f => Word(f, "verdict") == "requires_approval")
                    .Select(f => Word(f, "rule"))
                    .OfType<string>()
            );
        }

        _customers[row.GetGuid(0)]
            .Approvals.Add(
                new ApprovalRow(
                    row.GetGuid(1),
                    rules,
                    RecordLoader.Utc(row, 4)!.Value,
                    RecordLoader.Utc(row, 5)
                )
            );
    }

    internal void Campaign(NpgsqlDataReader row)
    {
        var campaigns = _customers[row.GetGuid(0)].Campaigns;
        var key = row.GetGuid(1);
        var limits = FactReader.Limits(
            row.IsDBNull(2) ? null : JsonSerializer.Deserialize<JsonElement>(row.GetString(2))
        );
        var known = campaigns.GetValueOrDefault(key) ?? new CampaignRow(null, []);
        campaigns[key] = RecordLoader.Utc(row, 3) is { } until
            ? known with
            {
                Before = [.. known.Before, (limits, until)],
            }
            : known with
            {
                Current = limits,
            };
    }

    internal List<CustomerRecord> Build() =>
        [
            .. _customers.Values.Select(p => new CustomerRecord
            {
                Id = p.Id,
                Name = p.Name,
                IsDemo = p.IsDemo,
                Attempts =
                [
                    .. p.Attempts.OrderBy(a => a.At).ThenBy(a => a.Seen ?? 0).ThenBy(a => a.Id),
                ],
                Inbound = p.Inbound,
                Facts = [.. p.Facts.Values],
                Approvals = p.Approvals,
                Campaigns = p.Campaigns,
            }),
        ];

    private static (Guid Rule, DateTime Version) ReadNamed(string text)
    {
        var words = text.Split(' ', 2);
        return (
            Guid.TryParse(words[0], out var rule) ? rule : Guid.Empty,
            RecordLoader.Version(words[1])
        );
    }

    private static string? Word(JsonElement item, string key) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(key, out var value)
            ? value.ToString()
            : null;

    private sealed record Parts(Guid Id, string Name, bool IsDemo)
    {
        internal List<AttemptRow> Attempts { get; } = [];
        internal List<OnRecord> Inbound { get; } = [];
        internal Dictionary<(string Source, Guid Key), FactRow> Facts { get; } = [];
        internal List<ApprovalRow> Approvals { get; } = [];
        internal Dictionary<Guid, CampaignRow> Campaigns { get; } = [];
    }
}
