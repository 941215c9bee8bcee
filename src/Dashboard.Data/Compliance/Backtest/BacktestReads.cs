using System.Text.Json;
using Dashboard.Data.Sql;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Json;
using Npgsql;

namespace Dashboard.Data.Compliance.Backtest;

/// <summary>What a backtest reads besides the events, in the same snapshot: for the customers of a block at a time.</summary>
internal sealed class BacktestReads(NpgsqlConnection connection)
{
    /// <summary>The facts of customers at and after an instant.</summary>
    public async Task<ILookup<Guid, PastFact>> FactsAsync(
        IEnumerable<Guid> customers,
        DateTime from,
        CancellationToken cancellationToken
    )
    {
        var rows = await ReadAsync(
            SqlFile.Read<BacktestReads>("PastFacts"),
            row =>
                (
                    Customer: row.GetGuid(0),
                    Fact: new PastFact(
                        row.GetString(1),
                        JsonSerializer.Deserialize<JsonElement>(row.GetString(2)),
                        row.UtcOrNull(3)
                    )
                ),
            cancellationToken,
            Keys(customers),
            Statement.At(from)
        );
        return rows.ToLookup(r => r.Customer, r => r.Fact);
    }

    /// <summary>Names of campaigns.</summary>
    public async Task<Dictionary<Guid, string>> CampaignsAsync(
        IEnumerable<Guid> campaigns,
        CancellationToken cancellationToken
    ) =>
        (
            await ReadAsync(
                "SELECT id, name FROM campaigns WHERE id = ANY($1)",
                row => (row.GetGuid(0), row.GetString(1)),
                cancellationToken,
                Keys(campaigns)
            )
        ).ToDictionary();

    /// <summary>Names of customers.</summary>
    public async Task<Dictionary<Guid, string>> CustomersAsync(
        IEnumerable<Guid> customers,
        CancellationToken cancellationToken
    ) =>
        (
            await ReadAsync(
                "SELECT id, company_name FROM customers WHERE id = ANY($1)",
                row => (row.GetGuid(0), row.GetString(1)),
                cancellationToken,
                Keys(customers)
            )
        ).ToDictionary();

    /// <summary>The invoices of customers with the days on which they were open and overdue.</summary>
    public async Task<ILookup<Guid, (Invoice Invoice, DateOnly Due, DateOnly? Paid)>> InvoicesAsync(
        IEnumerable<Guid> customers,
        CancellationToken cancellationToken
    )
    {
        var rows = await ReadAsync(
            "SELECT customer_id, id, amount, currency, due_date, paid_date FROM payment_records WHERE customer_id = ANY($1) AND status <> 'cancelled'",
            row =>
                (
                    Customer: row.GetGuid(0),
                    What: (
                        new Invoice(row.GetGuid(1), row.GetDecimal(2), row.GetString(3)),
                        row.GetFieldValue<DateOnly>(4),
                        row.IsDBNull(5) ? (DateOnly?)null : row.GetFieldValue<DateOnly>(5)
                    )
                ),
            cancellationToken,
            Keys(customers)
        );
        return rows.ToLookup(r => r.Customer, r => r.What);
    }

    /// <summary>The versions of a rule, the oldest first.</summary>
    public Task<List<RuleVersion>> VersionsAsync(Guid rule, CancellationToken cancellationToken) =>
        ReadAsync(
            """
            SELECT rule_id, number, name, description, rule_type, condition::text, action, severity, is_enabled, updated_at,
                   valid_from, valid_to
            FROM ops.rule_versions WHERE rule_id = ANY($1) ORDER BY number
            """,
            row => new RuleVersion
            {
                RuleId = row.GetGuid(0),
                Number = row.GetInt32(1),
                Name = row.GetString(2),
                Description = row.TextOrNull(3),
                RuleType = row.GetString(4),
                Condition = JsonSerializer.Deserialize<JsonElement>(row.GetString(5)),
                Action = EnumText.Parse<RuleAction>(row.GetString(6)),
                Severity = row.IsDBNull(7) ? null : EnumText.Parse<RuleSeverity>(row.GetString(7)),
                IsEnabled = row.GetBoolean(8),
                UpdatedAt = row.Utc(9),
                ValidFrom = row.Utc(10),
                ValidTo = row.UtcOrNull(11),
            },
            cancellationToken,
            Keys([rule])
        );

    /// <summary>The enabled rules, but one, that let a message through in spite of an opt-out.</summary>
    public async Task<List<ComplianceRule>> AllowancesAsync(
        Guid butNot,
        CancellationToken cancellationToken
    )
    {
        var rules = await ReadAsync(
            "SELECT id, name, condition::text FROM compliance_rules WHERE is_enabled IS NOT FALSE AND id <> ALL($1)",
            row => new ComplianceRule
            {
                Id = row.GetGuid(0),
                Name = row.GetString(1),
                Condition = JsonSerializer.Deserialize<JsonElement>(row.GetString(2)),
            },
            cancellationToken,
            Keys([butNot])
        );
        return [.. rules.Where(RuleTrial.IsAllowance)];
    }

    private async Task<List<T>> ReadAsync<T>(
        string sql,
        Func<NpgsqlDataReader, T> map,
        CancellationToken cancellationToken,
        params NpgsqlParameter[] parameters
    )
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    private static NpgsqlParameter Keys(IEnumerable<Guid> keys) => Statement.Keys(keys.Distinct());
}
