using Dashboard.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dashboard.Data.Tests.Schema;

/// <summary>The migrated database is what schema.md says, no more and no less.</summary>
public sealed class SchemaTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    // schema.md gives every customer "a" profile; two would contradict each other.
    private static readonly string[] AddedKeys = ["customer_profiles UNIQUE (customer_id)"];

    private static readonly string[] AddedIndexes =
    [
        // Deleting or looking up the row a foreign key points to would read the whole table without them.
        "idx_campaigns_payment_record_id",
        "idx_contact_attempts_agent_id",
        "idx_contact_attempts_task_id",
        "idx_tasks_payment_record_id",
        // The dispatcher's claim.
        "idx_tasks_claim",
        // What ended or was paid lately, for the overview.
        "idx_tasks_completed_at",
        "idx_payment_records_paid_date",
        // One task per campaign, step and round.
        "uq_tasks_campaign_step",
    ];

    private static readonly string[] AddedTriggers =
    [
        // The audit log can only grow.
        "audit_logs_append_only",
        "audit_logs_no_truncate",
        // What the gate looked at stays known: rules and facts as they were.
        "keep_compliance_rules_version",
        "keep_customer_profiles_history",
        "keep_opt_outs_history",
        // A request for approval ends with its task.
        "withdraw_approval_request",
    ];

    private static readonly SchemaDocument Document = SchemaDocument.Read();

    private readonly TestDatabase _db = fixture.Database;

    private SchemaCatalog Catalog => new(_db.DataSource);

    [Fact]
    public void The_copy_of_the_document_is_the_document() =>
        Assert.Equal(
            File.ReadAllText(SchemaFiles.Original ?? SchemaFiles.Copy),
            File.ReadAllText(SchemaFiles.Copy)
        );

    [Fact]
    public void The_document_was_understood()
    {
        Assert.Equal(12, Document.Columns.Count);
        Assert.Equal(26, Document.Indexes.Count);
        Assert.Equal(145, Document.Columns.Values.Sum(c => c.Count));
        Assert.Equal(20, Document.Limits.Count);
    }

    [Fact]
    public async Task Public_holds_exactly_the_twelve_tables() =>
        Assert.Equal(
            Document.Columns.Keys.Order(StringComparer.Ordinal),
            await Catalog.TablesAsync()
        );

    [Fact]
    public async Task Every_column_has_its_place_name_type_nullability_and_default()
    {
        foreach (var (table, columns) in Document.Columns)
        {
            Assert.Equal(columns, await Catalog.ColumnsAsync(table));
        }
    }

    [Fact]
    public async Task Every_key_is_there_with_its_reference_and_what_deleting_does() =>
        AssertSame([.. Document.Keys, .. AddedKeys], await Catalog.KeysAsync());

    [Fact]
    public async Task Closed_lists_and_ranges_are_held_by_the_database()
    {
        var limits = await Catalog.LimitsAsync();

        // audit_logs.actor_type and the like are in the document; nothing else may restrict words.
        AssertSame(Document.Limits, limits);
    }

    [Fact]
    public async Task Every_index_is_there_and_each_other_one_has_a_reason()
    {
        var indexes = await Catalog.IndexesAsync();

        AssertSame(
            Document.Indexes,
            indexes.Where(line =>
                !AddedIndexes.Contains(line.Split(' ')[0], StringComparer.Ordinal)
            )
        );
        Assert.All(
            AddedIndexes,
            name =>
                Assert.Contains(indexes, line => line.StartsWith(name, StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Every_table_with_updated_at_has_the_trigger_and_the_function_is_the_documents()
    {
        var tables = Document.Columns.Where(t =>
            t.Value.Any(c => c.StartsWith("updated_at", StringComparison.Ordinal))
        );
        AssertSame(
            tables.Select(t =>
                $"CREATE TRIGGER update_{t.Key}_updated_at BEFORE UPDATE ON public.{t.Key} "
                + "FOR EACH ROW EXECUTE FUNCTION update_updated_at_column()"
            ),
            (await Catalog.TriggersAsync()).Where(line =>
                !AddedTriggers.Contains(line.Split(' ')[2], StringComparer.Ordinal)
            )
        );
        var body = await _db.DataSource.ScalarAsync<string>(
            "SELECT prosrc FROM pg_proc WHERE proname = 'update_updated_at_column'"
        );
        Assert.Equal(Document.TriggerBody, SchemaDocument.Squeeze(body));
    }

    [Fact]
    public async Task The_model_has_no_change_without_a_migration()
    {
        await using var db = await _db.Factory.CreateDbContextAsync();

        Assert.False(db.Database.HasPendingModelChanges());
    }

    private static void AssertSame(IEnumerable<string> expected, IEnumerable<string> actual) =>
        Assert.Equal(
            expected.Select(Normal).Order(StringComparer.Ordinal),
            actual.Select(Normal).Order(StringComparer.Ordinal)
        );

    /// <summary><c>UNIQUE(a, b)</c> and <c>REFERENCES t(id)</c> with or without the space.</summary>
    private static string Normal(string line) =>
        line.Replace("(", " (", StringComparison.Ordinal)
            .Replace("  (", " (", StringComparison.Ordinal);
}
