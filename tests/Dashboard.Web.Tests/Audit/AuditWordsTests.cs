using System.Text.Json;
using Dashboard.Domain.Audit;
using Dashboard.Web.Components.Audit;
using Dashboard.Web.Features.Audit;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Dashboard.Web.Tests.Audit;

public sealed class AuditWordsTests
{
    [Fact]
    public void A_documents_difference_marks_only_the_lines_that_changed()
    {
        var changes = Json(
            """{"config": {"before": {"a": 1, "b": [1, 2], "c": "x"}, "after": {"a": 1, "b": [1, 3], "c": "x"}}, "status": {"before": null, "after": "paid"}}"""
        );

        var columns = AuditJson.Columns(changes);

        Assert.Equal(["Config", "Status"], columns.Select(c => c.Title));
        Assert.Equal(
            [(DiffMark.Removed, "2"), (DiffMark.Added, "3")],
            columns[0]
                .Lines!.Where(l => l.Mark != DiffMark.Same)
                .Select(l => (l.Mark, l.Text.Trim()))
        );
        Assert.Equal(new ColumnDiff("Status", null, "paid", null), columns[1]);
        Assert.Empty(AuditJson.Columns(null));
    }

    [Theory]
    [InlineData(
        "status_changed",
        """{"status": {"before": "overdue", "after": "paid"}, "address": {"before": {}, "after": {"a": 1}}}""",
        "Status from overdue to paid, address changed"
    )]
    [InlineData(
        "deferred",
        """{"due_at": {"before": "2026-11-26T07:27:44.9", "after": "2026-11-26T14:00:00"}}""",
        "Deferred: due at from 26 Nov 07:27 UTC to 26 Nov 14:00 UTC"
    )]
    [InlineData("created", """{"name": {"after": "x"}}""", "Created")]
    public void Events_are_said_in_words(string action, string changes, string words) =>
        Assert.Equal(words, AuditWording.What(action, Json(changes)));

    [Fact]
    public void A_filter_is_its_address_and_the_other_way_round()
    {
        var filter = new AuditFilter
        {
            Period = AuditPeriod.Month,
            EntityType = "task",
            EntityId = Guid.CreateVersion7(),
            Action = "refused",
            ActorType = ActorType.Agent,
            Actor = "a & b",
            Moment = new DateTime(2026, 11, 26, 7, 1, 2, DateTimeKind.Utc).AddMicroseconds(123_456),
            Text = "no call = blocked?",
        };

        var query = QueryHelpers.ParseQuery(filter.ToQuery());
        string? Of(string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;
        var read = AuditFilter.Of(
            new(
                Of("period"),
                Of("type"),
                Guid.Parse(Of("id")!),
                Of("action"),
                Of("by"),
                Of("actor"),
                Of("at"),
                Of("q")
            )
        );

        Assert.Equal(filter, read);
        Assert.Equal("", new AuditFilter().ToQuery());
    }

    [Fact]
    public void A_search_that_no_index_serves_is_limited_unless_a_period_is_chosen()
    {
        var now = new DateTime(2026, 11, 26, 0, 0, 0, DateTimeKind.Utc);

        Assert.Null(new AuditFilter().From(now));
        Assert.Equal(now.AddDays(-7), new AuditFilter { Actor = "ann" }.From(now));
        Assert.Null(new AuditFilter { Actor = "ann", Period = AuditPeriod.All }.From(now));
        Assert.Null(new AuditFilter { EntityType = "task", EntityId = Guid.Empty }.From(now));
    }

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);
}
