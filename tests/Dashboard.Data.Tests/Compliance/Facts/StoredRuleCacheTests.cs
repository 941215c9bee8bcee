using System.Text.Json;
using Dashboard.Data.Compliance;
using Dashboard.Data.Compliance.Facts;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Tests.Shared;
using Xunit;

namespace Dashboard.Data.Tests.Compliance.Facts;

public sealed class StoredRuleCacheTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private readonly StoredRuleCache _cache = new();

    [Fact]
    public async Task Rules_in_shadow_are_apart_and_every_change_is_seen()
    {
        var acting = Some.Rule();
        var shadow = Some.Rule(r =>
        {
            r.IsEnabled = false;
            r.Condition = JsonSerializer.Deserialize<JsonElement>(
                """{"kind":"conversation_cooldown","channels":["phone"],"days":20,"per":"customer"}"""
            );
        });
        await fixture.Database.AddAsync(acting, shadow, Some.Rule(r => r.IsEnabled = false));

        var before = await GetAsync();
        Assert.Same(before, await GetAsync());
        Assert.Null(before.Shadow);
        Assert.Equal([acting.Name], Names(before.Acting));

        await fixture.Database.AddAsync(new RuleSetting { RuleId = shadow.Id, IsShadow = true });
        var after = await GetAsync();
        Assert.Equal([acting.Name], Names(after.Acting));
        Assert.Equal([shadow.Name], Names(after.Shadow!));
        Assert.Equal(TimeSpan.FromDays(22), after.LookBack);

        await fixture.Database.DataSource.ExecuteAsync(
            $"UPDATE ops.rule_settings SET is_shadow = false WHERE rule_id = '{shadow.Id}'"
        );
        Assert.Null((await GetAsync()).Shadow);
    }

    private async Task<StoredRules> GetAsync()
    {
        await using var connection = await fixture.Database.DataSource.OpenConnectionAsync();
        return await _cache.GetAsync(connection, CancellationToken.None);
    }

    private static IEnumerable<string> Names(RuleSet rules) =>
        ComplianceGate
            .Evaluate(
                new ContactFacts { Timezone = "America/New_York" },
                rules,
                new ContactRequest(Channel.Phone, Some.Now, [])
            )
            .Findings.Where(f => f.RuleId is not null)
            .Select(f => f.Rule);
}
