using Dashboard.Data.Commands;
using Dashboard.Domain.Json;
using Npgsql;
using NpgsqlTypes;

namespace Dashboard.Data.Imports;

/// <summary>How many rows an import created and changed.</summary>
internal sealed record WrittenRows(
    long CustomersCreated,
    long CustomersUpdated,
    long PaymentsCreated,
    long PaymentsUpdated
);

/// <summary>Moves the staged rows into customers, profiles and invoices, set by set.</summary>
internal sealed class ImportWriter(
    NpgsqlConnection connection,
    ImportKind kind,
    ImportColumns columns,
    Guid runId,
    Actor actor,
    DateTime now
)
{
    private const string KnownCustomers = "import_customers s JOIN customers t ON t.id = s.id";
    private const string KnownProfiles =
        "import_customers s JOIN customer_profiles t ON t.customer_id = s.id";
    private const string KnownPayments =
        "import_rows s JOIN payment_records t ON t.invoice_number = s.invoice_number";

    private const string NewPayments = """
        import_rows s JOIN import_customers k ON k.email = s.email
        WHERE NOT EXISTS (SELECT FROM payment_records p WHERE p.invoice_number = s.invoice_number)
        """;

    /// <summary>Writes everything.</summary>
    public async Task<WrittenRows> WriteAsync(CancellationToken cancellationToken)
    {
        var changed = await CustomersChangedAsync(cancellationToken);
        var created = await RunAsync(
            UpsertSql.Insert(
                "customers",
                "customer",
                "import_customers s WHERE NOT s.known",
                "s.id",
                "email",
                columns.NewCustomers
            ),
            cancellationToken
        );
        await RunAsync(
            UpsertSql.Insert(
                "customer_profiles",
                "customer_profile",
                "import_customers s WHERE NOT EXISTS (SELECT FROM customer_profiles p WHERE p.customer_id = s.id)",
                "gen_random_uuid()",
                "customer_id",
                columns.NewProfiles
            ),
            cancellationToken
        );
        return kind == ImportKind.Customers
            ? new WrittenRows(created, changed, 0, 0)
            : await PaymentsAsync(created, changed, cancellationToken);
    }

    private async Task<WrittenRows> PaymentsAsync(
        long created,
        long changed,
        CancellationToken cancellationToken
    )
    {
        var updated = await RunAsync(
            UpsertSql.Update("payment_records", "payment_record", KnownPayments, columns.Payments),
            cancellationToken
        );
        var added = await RunAsync(
            UpsertSql.Insert(
                "payment_records",
                "payment_record",
                NewPayments,
                "s.new_payment_id",
                "invoice_number",
                columns.NewPayments
            ),
            cancellationToken
        );
        return new WrittenRows(created, changed, added, updated);
    }

    /// <summary>Customers of which the row or the profile changed, each counted once.</summary>
    private async Task<long> CustomersChangedAsync(CancellationToken cancellationToken)
    {
        var rows = columns.Customers is { Count: > 0 } customer
            ? await RunAsync(
                UpsertSql.Update("customers", "customer", KnownCustomers, customer),
                cancellationToken
            )
            : 0;
        var profiles = columns.Profiles is { Count: > 0 } profile
            ? await RunAsync(
                UpsertSql.Update("customer_profiles", "customer_profile", KnownProfiles, profile),
                cancellationToken
            )
            : 0;
        return rows == 0 || profiles == 0
            ? rows + profiles
            : await CountChangedAsync(cancellationToken);
    }

    private async Task<long> CountChangedAsync(CancellationToken cancellationToken)
    {
        await using var count = new NpgsqlCommand(
            """
            SELECT count(DISTINCT coalesce(p.customer_id, a.entity_id))
            FROM audit_logs a LEFT JOIN customer_profiles p ON a.entity_type = 'customer_profile' AND p.id = a.entity_id
            WHERE a.timestamp = @now::timestamp AND a.metadata ->> 'import' = @run::text
                AND a.action = 'updated' AND a.entity_type IN ('customer', 'customer_profile')
            """,
            connection
        );
        AddParameters(count);
        return (long)(await count.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<long> RunAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        AddParameters(command);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private void AddParameters(NpgsqlCommand command)
    {
        var parameters = command.Parameters;
        parameters.Add(new NpgsqlParameter("run", NpgsqlDbType.Uuid) { Value = runId });
        parameters.Add(Text("actor_type", actor.Type.ToText()));
        parameters.Add(Text("actor_id", actor.Id));
        parameters.Add(Text("agent", actor.UserAgent));
        parameters.Add(
            new NpgsqlParameter("ip", NpgsqlDbType.Inet)
            {
                Value = (object?)actor.IpAddress ?? DBNull.Value,
            }
        );
        parameters.Add(
            new NpgsqlParameter("today", NpgsqlDbType.Date) { Value = DateOnly.FromDateTime(now) }
        );
        parameters.Add(
            new NpgsqlParameter("now", NpgsqlDbType.Timestamp)
            {
                Value = DateTime.SpecifyKind(now, DateTimeKind.Unspecified),
            }
        );
    }

    private static NpgsqlParameter Text(string name, string? value) =>
        new(name, NpgsqlDbType.Text) { Value = (object?)value ?? DBNull.Value };
}
