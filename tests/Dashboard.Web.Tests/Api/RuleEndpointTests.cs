using System.Net;
using Dashboard.Data.Operators;
using Dashboard.Tests.Shared;
using Dashboard.Web.Tests.Identity;
using Xunit;

namespace Dashboard.Web.Tests.Api;

/// <summary>Rules and backtests through the HTTP API.</summary>
public sealed class RuleEndpointTests(RunningProgram program) : IClassFixture<RunningProgram>
{
    private const string Sundays =
        """{"name": "NAME", "condition": {"kind": "channel_block", "channels": ["sms"]}, "action": "block_contact", "severity": "low", "citation": "House"}""";

    [Fact]
    public async Task A_rule_is_made_read_changed_and_refused_when_it_changed_meanwhile()
    {
        using var caller = await ApiCaller.WithScopesAsync(program, ApiScopes.Compliance);

        var made = await caller.PostAsync("compliance-rules", Named("No texts"));
        var id = made.Text("id");
        var changed = await caller.SendAsync(
            HttpMethod.Patch,
            $"compliance-rules/{id}",
            new { action = "log_warning", updated_at = made.Text("updated_at") }
        );
        var stale = await caller.SendAsync(
            HttpMethod.Patch,
            $"compliance-rules/{id}",
            new { action = "escalate", updated_at = made.Text("updated_at") }
        );
        var read = await caller.GetAsync($"compliance-rules/{id}");

        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Equal(HttpStatusCode.OK, changed.Status);
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Equal("log_warning", read.Text("action"));
        Assert.Equal("channel_restriction", read.Text("rule_type"));
        Assert.Equal("House", read.Text("citation"));
        Assert.NotEmpty(read.Text("sentence")!);
        Assert.Equal(
            2,
            await program.Database.DataSource.ScalarAsync<long>(
                $"SELECT count(*) FROM ops.rule_versions WHERE rule_id = '{id}'"
            )
        );
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_a_rule_is_named_at_once()
    {
        using var caller = await ApiCaller.WithScopesAsync(program, ApiScopes.Compliance);
        var answer = await caller.PostAsync(
            "compliance-rules",
            """{"name": "", "condition": {"kind": "time_window", "channels": ["fax"], "windows": [{"start": "8", "end": "21:00"}]}, "action": "block_contact"}"""
        );
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("name", answer.Fields);
        Assert.Contains("condition.channels", answer.Fields);
        Assert.Contains("condition.windows[0].start", answer.Fields);
    }

    [Fact]
    public async Task Lists_page_by_keyset()
    {
        using var caller = await ApiCaller.WithScopesAsync(program, ApiScopes.Compliance);
        foreach (var number in Enumerable.Range(1, 3))
        {
            await caller.PostAsync("compliance-rules", Named($"Paged {number}"));
        }

        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = await caller.GetAsync(
                $"compliance-rules?limit=2{(after is null ? "" : $"&after={after}")}"
            );
            seen.AddRange(
                page.Body.GetProperty("items")
                    .EnumerateArray()
                    .Select(i => i.GetProperty("id").GetString()!)
            );
            after = page.Text("next");
        } while (after is not null);

        Assert.Equal(
            await program.Database.DataSource.ScalarAsync<long>(
                "SELECT count(*) FROM compliance_rules"
            ),
            seen.Distinct(StringComparer.Ordinal).Count()
        );
        var refused = await caller.GetAsync("compliance-rules?limit=0");
        Assert.Equal(["limit"], refused.Fields);
    }

    [Theory]
    [InlineData(ApiScopes.Read)]
    [InlineData(ApiScopes.Collections)]
    [InlineData(ApiScopes.Agents)]
    public async Task Other_scopes_read_and_change_nothing(string scope)
    {
        using var caller = await ApiCaller.WithScopesAsync(program, scope);
        Assert.Equal(HttpStatusCode.OK, (await caller.GetAsync("compliance-rules")).Status);
        var refused = await caller.PostAsync("compliance-rules", Named($"By {scope}"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
    }

    [Fact]
    public async Task A_backtest_answers_with_a_report_or_the_field_at_fault()
    {
        using var caller = await ApiCaller.WithScopesAsync(program, ApiScopes.Compliance);
        var report = await caller.PostAsync(
            "compliance-rules/backtest",
            """{"rule": {"condition": {"kind": "channel_block", "channels": ["sms"]}, "action": "block_contact"}, "from": "2026-05-01T00:00:00Z", "to": "2026-06-01T00:00:00Z"}"""
        );
        var fault = await caller.PostAsync(
            "compliance-rules/backtest",
            """{"rule": {"condition": {"kind": "moon"}, "action": "block_contact"}, "from": "2026-05-01T00:00:00Z", "to": "2026-06-01T00:00:00Z"}"""
        );
        Assert.Equal(HttpStatusCode.OK, report.Status);
        Assert.Equal(0, report.Body.GetProperty("total").GetProperty("contacts").GetInt32());
        Assert.Equal(["rule.condition.kind"], fault.Fields);
    }

    private static string Named(string name) =>
        Sundays.Replace("NAME", name, StringComparison.Ordinal);
}
