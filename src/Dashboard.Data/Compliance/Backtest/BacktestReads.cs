using System.Text.Json;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Json;
using Npgsql;
using NpgsqlTypes;

namespace Dashboard.Data.Compliance.Backtest;

/// <summary>What a backtest reads besides the events, in the same snapshot: for the customers of a block at a time.</summary>
internal sealed class BacktestReads(NpgsqlConnection connection)
{
    // The gate's facts as they are, and as they were up to each change since the period began.
    private const string Facts = """
        SELECT customer_id, 'customer_profiles', jsonb_build_object(
                   'timezone', timezone, 'do_not_contact', do_not_contact, 'contact_restrictions', contact_restrictions,
                   'preferred_contact_time_start', preferred_contact_time_start,
                   'preferred_contact_time_end', preferred_contact_time_end)::text, NULL::timestamp
        FROM customer_profiles WHERE customer_id = ANY($1)
        UNION ALL
        SELECT customer_id, 'contact_preferences', to_jsonb(p)::text, NULL FROM ops.contact_preferences p
        WHERE customer_id = ANY($1)
        UNION ALL
        SELECT customer_id, 'opt_outs', to_jsonb(o)::text, NULL FROM opt_outs o WHERE customer_id = ANY($1)
        UNION ALL
        SELECT customer_id, 'consents', to_jsonb(c)::text, NULL FROM ops.consents c WHERE customer_id = ANY($1)
        UNION ALL
        SELECT customer_id, source, (CASE source WHEN 'customer_profiles' THEN before - 'id' ELSE before END)::text, changed_at
        FROM ops.contact_fact_history WHERE customer_id = ANY($1) AND changed_at > $2
        """;

    /// <summary>The facts of customers at and after an instant.</summary>
    public async Task<ILookup<Guid, PastFact>> FactsAsync(
        IEnumerable<Guid> customers,
        DateTime from,
        CancellationToken cancellationToken
    )
    {
        var rows = await ReadAsync(
            Facts,
            row =>
                (
                    Customer: row.GetGuid(0),
                    Fact: new PastFact(
                        row.GetString(1),
                        JsonSerializer.Deserialize<JsonElement>(row.GetString(2)),
                        row.IsDBNull(3) ? null : Utc(row.GetDateTime(3))
                    )
                ),
            cancellationToken,
            Keys(customers),
            new NpgsqlParameter
            {
                NpgsqlDbType = NpgsqlDbType.Timestamp,
                Value = DateTime.SpecifyKind(from, DateTimeKind.Unspecified),
            }
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
                Description = row.IsDBNull(3) ? null : row.GetString(3),
                RuleType = row.GetString(4),
                Condition = JsonSerializer.Deserialize<JsonElement>(row.GetString(5)),
                Action = EnumText.Parse<RuleAction>(row.GetString(6)),
                Severity = row.IsDBNull(7) ? null : EnumText.Parse<RuleSeverity>(row.GetString(7)),
                IsEnabled = row.GetBoolean(8),
                UpdatedAt = Utc(row.GetDateTime(9)),
                ValidFrom = Utc(row.GetDateTime(10)),
                ValidTo = row.IsDBNull(11) ? null : Utc(row.GetDateTime(11)),
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

    private static NpgsqlParameter Keys(IEnumerable<Guid> keys) =>
        new()
        {
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid,
            Value = keys.Distinct().ToArray(),
        };

    private static DateTime Utc(DateTime bare) => DateTime.SpecifyKind(bare, DateTimeKind.Utc);
}
