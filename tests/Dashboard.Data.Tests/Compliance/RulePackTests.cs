using System.Text.Json;
using Dashboard.Data.Commands;
using Dashboard.Data.Compliance.Rules;
using Dashboard.Data.Compliance.Rules.Packs;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Json;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dashboard.Data.Tests.Compliance;

/// <summary>The packs that ship, and what becomes of them when they are installed, changed and removed.</summary>
public sealed class RulePackTests : RuleTest
{
    /// <summary>Keys of the source that say nothing the gate does not do anyway, or that are written out here.</summary>
    private static readonly string[] s_dropped =
    [
        "action",
        "zones",
        "day_one",
        "source",
        "holidays",
    ];

    private RulePacksQuery Packs => new(Db.Factory);

    [Fact]
    public void Every_pack_of_the_source_ships_with_the_same_numbers()
    {
        using var source = JsonDocument.Parse(File.ReadAllText(SourceFile()));
        var packs = source.RootElement.GetProperty("packs").EnumerateArray().ToList();
        Assert.True(packs.Count > 10);
        Assert.Equal(
            packs.Select(p => p.GetProperty("id").GetString()).Order(StringComparer.Ordinal),
            RulePacks.All.Select(p => p.Id).Order(StringComparer.Ordinal)
        );
        foreach (var pack in packs)
        {
            var shipped = RulePacks.Find(pack.GetProperty("id").GetString()!)!;
            Assert.Equal(pack.GetProperty("name").GetString(), shipped.Name);
            Assert.Equal(pack.GetProperty("source_status").GetString(), shipped.SourceStatus);
            Assert.Equal(
                pack.GetProperty("citations").EnumerateArray().Select(c => c.GetString()),
                shipped.Citations
            );
            Assert.StartsWith(
                pack.GetProperty("note").GetString()!,
                shipped.Note ?? "",
                StringComparison.Ordinal
            );
            var rules = pack.GetProperty("rules").EnumerateArray().ToList();
            Assert.Equal(rules.Count, shipped.Rules.Count);
            Assert.All(rules.Zip(shipped.Rules), pair => AssertSame(pair.First, pair.Second));
        }
    }

    [Fact]
    public void Every_rule_that_ships_is_one_that_can_be_saved()
    {
        var rules = RulePacks.All.SelectMany(p => p.Rules).ToList();
        Assert.Equal(
            rules.Count,
            rules.Select(r => r.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count()
        );
        foreach (var rule in rules)
        {
            var draft = rule.ToDraft();
            Assert.Empty(draft.Faults([]));
            Assert.True(RuleSentence.Of(draft).IsComplete);
            Assert.NotEmpty(rule.Citation);
            Assert.EndsWith(".", rule.Description, StringComparison.Ordinal);
            var back = JsonShape.Read<RuleDraft>(JsonShape.Write(draft));
            Assert.True(rule.IsTextOf(back));
        }
    }

    [Fact]
    public async Task A_new_installation_starts_with_regulation_f_as_a_pack()
    {
        Assert.Null((await Runner.RunAsync(new SeedStandards(), Actor.System("start"))).Error);

        var rules = await Rules.ListAsync();
        Assert.Equal(5, rules.Count);
        Assert.All(
            rules,
            r =>
            {
                Assert.Equal(("us-reg-f", 1), (r.Pack!.Id, r.Pack.Version));
                Assert.StartsWith("12 CFR 1006", r.Rule.Citation, StringComparison.Ordinal);
                Assert.Equal(RuleState.On, r.Rule.State);
                Assert.Equal("US Regulation F", r.PackName);
            }
        );
        var pack = (await Packs.ListAsync())[0];
        Assert.Equal(("us-reg-f", PackState.Installed), (pack.Pack.Id, pack.State));
    }

    [Fact]
    public async Task A_pack_is_installed_as_a_set_and_once()
    {
        var installed = await RunAsync(new InstallRulePack("au-rg96", RuleState.Shadow));
        var again = await RunAsync(new InstallRulePack("au-rg96"));
        var update = await RunAsync(new UpdateRulePack("au-rg96"));

        Assert.Equal(
            (RuleChangeProgress.Applied, 3),
            (installed.Value.Progress, installed.Value.RuleIds.Count)
        );
        Assert.Equal(RuleChangeProgress.Nothing, again.Value.Progress);
        Assert.Equal(RuleChangeProgress.Nothing, update.Value.Progress);
        var rules = await Rules.ListAsync();
        Assert.All(rules, r => Assert.Equal(RuleState.Shadow, r.Rule.State));
        var version = Assert.Single(await Versions.ListAsync(rules[0].Id));
        Assert.Equal(
            ("Ada", "Install pack Australia RG 96, version 1."),
            (version.SavedBy, version.Note)
        );
        Assert.Equal("not_found", (await RunAsync(new InstallRulePack("moon"))).Error!.Code);
    }

    [Fact]
    public async Task Two_who_install_at_once_install_it_once()
    {
        var results = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => RunAsync(new InstallRulePack("us-wv")))
        );

        Assert.All(results, r => Assert.Null(r.Error));
        Assert.Single(results, r => r.Value.Progress == RuleChangeProgress.Applied);
        Assert.Equal(3, (await Rules.ListAsync()).Count);
    }

    [Fact]
    public async Task What_an_officer_changed_or_removed_stays_so()
    {
        await RunAsync(new InstallRulePack("us-dc"));
        var rules = await Rules.ListAsync();
        var (edited, removed) = (rules[0].Rule, rules[1].Rule);
        await RunAsync(new SaveRule(edited with { Description = "Ours now." }));
        await RunAsync(new DeleteRule(removed.RuleId!.Value, removed.BasedOn!.Value));

        var update = await RunAsync(new UpdateRulePack("us-dc"));

        Assert.Equal(RuleChangeProgress.Nothing, update.Value.Progress);
        Assert.Equal(
            [$"{edited.Name}: kept, changed by you", $"{removed.Name}: removed by you"],
            update.Value.Kept.Order(StringComparer.Ordinal)
        );
        Assert.True((await Rules.FindAsync(edited.RuleId!.Value))!.IsChangedFromPack);
        var row = (await Packs.ListAsync())[0];
        Assert.Equal(PackState.Installed, row.State);
        Assert.Equal(
            [PackRuleState.ChangedByYou, PackRuleState.Installed, PackRuleState.RemovedByYou],
            row.Rules.Select(r => r.State).OrderBy(s => s.ToString(), StringComparer.Ordinal)
        );

        var install = await RunAsync(new InstallRulePack("us-dc"));
        Assert.Single(install.Value.RuleIds);
        Assert.Equal(3, (await Rules.ListAsync()).Count);
    }

    [Fact]
    public async Task A_rule_that_got_its_text_back_follows_the_pack_again()
    {
        await RunAsync(new InstallRulePack("us-fl"));
        var rule = Assert.Single(await Rules.ListAsync()).Rule;
        await RunAsync(new SaveRule(rule with { Name = "Ours" }));
        var id = rule.RuleId!.Value;
        await RunAsync(new RestoreRuleVersion(id, 1, (await NowAsync(id)).BasedOn));

        Assert.Equal(1, (await Rules.FindAsync(id))!.Pack!.Version);
    }

    [Fact]
    public async Task An_update_brings_the_new_text_and_leaves_the_state()
    {
        await RunAsync(new InstallRulePack("us-wa", RuleState.Shadow));
        var rule = (await Rules.ListAsync())[0].Rule;
        // As an earlier version of the product would have left it.
        await Db.ReadAsync(d =>
            d.RuleSettings.ExecuteUpdateAsync(u => u.SetProperty(s => s.PackVersion, 0))
        );
        await Db.ReadAsync(d =>
            d.ComplianceRules.Where(r => r.Id == rule.RuleId)
                .ExecuteUpdateAsync(u => u.SetProperty(r => r.Description, "Older text."))
        );
        Assert.Equal(PackState.UpdateAvailable, (await Packs.ListAsync())[0].State);

        var update = await RunAsync(new UpdateRulePack("us-wa"), Ben);

        Assert.Equal(2, update.Value.RuleIds.Count);
        var now = await NowAsync(rule.RuleId!.Value);
        Assert.Equal((rule.Description, RuleState.Shadow), (now.Description, now.State));
        Assert.Equal("Ben", (await Versions.ListAsync(rule.RuleId.Value))[0].SavedBy);
        Assert.Equal(PackState.Installed, (await Packs.ListAsync())[0].State);
    }

    [Fact]
    public async Task Removing_a_pack_keeps_what_an_officer_changed_as_our_own()
    {
        await RunAsync(new InstallRulePack("us-ma"));
        var edited = (await Rules.ListAsync())[0].Rule;
        await RunAsync(
            new SaveRule(
                edited with
                {
                    Condition = JsonSerializer.Deserialize<JsonElement>(SevenCalls),
                    RuleType = "",
                }
            )
        );

        var removed = await RunAsync(new RemoveRulePack("us-ma"));

        Assert.Equal($"{edited.Name}: kept, changed by you", Assert.Single(removed.Value.Kept));
        var left = Assert.Single(await Rules.ListAsync());
        Assert.Equal((edited.RuleId, null), (left.Rule.RuleId, left.Pack));
        Assert.Equal(
            RuleChangeProgress.Nothing,
            (await RunAsync(new RemoveRulePack("us-ma"))).Value.Progress
        );
        Assert.Equal(
            PackState.Available,
            (await Packs.ListAsync()).Single(p => p.Pack.Id == "us-ma").State
        );
    }

    [Fact]
    public async Task The_rules_from_before_packs_become_the_pack_and_others_of_that_name_stay()
    {
        var pack = RulePacks.Find("us-reg-f")!;
        await SavedAsync(
            pack.Rules[0].ToDraft() with
            {
                Citation = null,
                Description = "Old words.",
            }
        );
        await SavedAsync(pack.Rules[1].ToDraft() with { Condition = Calls(3), Citation = null });

        var installed = await RunAsync(new InstallRulePack("us-reg-f"));

        Assert.Equal(4, installed.Value.RuleIds.Count);
        Assert.Equal(
            $"{pack.Rules[1].Name}: kept, a rule of yours has this name",
            Assert.Single(installed.Value.Kept)
        );
        var rules = await Rules.ListAsync();
        Assert.Equal(5, rules.Count);
        Assert.Equal(
            pack.Rules[0].Citation,
            rules.Single(r => r.Rule.Name == pack.Rules[0].Name).Rule.Citation
        );
        Assert.Null(rules.Single(r => r.Rule.Name == pack.Rules[1].Name).Pack);
    }

    [Fact]
    public async Task With_four_eyes_a_pack_waits_too()
    {
        FourEyes = true;
        var asked = await RunAsync(new InstallRulePack("ca-on"));

        Assert.Equal(RuleChangeProgress.WaitsForApproval, asked.Value.Progress);
        Assert.Empty(await Rules.ListAsync());
        var approved = await RunAsync(new ApproveRuleChange(asked.Value.ChangeId!.Value, 1), Ben);
        Assert.Equal(3, approved.Value.RuleIds.Count);
        Assert.All(await Rules.ListAsync(), r => Assert.Equal(1, r.Pack!.Version));
    }

    private static void AssertSame(JsonElement source, PackRule shipped)
    {
        Assert.Equal(source.GetProperty("action").GetString(), shipped.Action.ToText());
        var expected = source.EnumerateObject().Where(p => !s_dropped.Contains(p.Name)).ToList();
        foreach (var property in expected)
        {
            Assert.True(
                JsonElement.DeepEquals(
                    property.Value,
                    shipped.Condition.GetProperty(property.Name)
                ),
                $"{shipped.Name}: {property.Name}"
            );
        }

        var added = shipped
            .Condition.EnumerateObject()
            .Select(p => p.Name)
            .Except(expected.Select(p => p.Name));
        Assert.Equal(source.TryGetProperty("holidays", out _) ? ["closed_dates"] : [], added);
    }

    /// <summary>In the project's shared folder: beside the repository, one higher from a git worktree.</summary>
    private static string SourceFile()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Dashboard.sln")))
        {
            folder = folder.Parent!;
        }

        return new[] { "../shared", "../../shared" }
            .Select(p =>
                Path.GetFullPath(Path.Combine(folder.FullName, p, "compliance", "rule-packs.json"))
            )
            .First(File.Exists);
    }
}
