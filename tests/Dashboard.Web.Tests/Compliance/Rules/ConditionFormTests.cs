using System.Text.Json;
using System.Text.Json.Nodes;
using Dashboard.Domain.Compliance;
using Dashboard.LocalDatabase;
using Dashboard.Web.Features.Compliance.Rules.Form;
using Xunit;

namespace Dashboard.Web.Tests.Compliance.Rules;

/// <summary>What goes into the form comes out of it, and every control writes what contracts.md says.</summary>
public sealed class ConditionFormTests
{
    /// <summary>Every condition of the public vectors and of the packs.</summary>
    public static TheoryData<string> PublicConditions()
    {
        var data = new TheoryData<string>();
        foreach (
            var condition in Vectors().Concat(Packs()).Select(c => c.ToJsonString()).Distinct()
        )
        {
            data.Add(condition);
        }

        return data;
    }

    [Fact]
    public void There_are_conditions_of_every_kind_to_try() =>
        Assert.Equal(
            RuleSet.KnownKinds.Order(),
            Vectors().Concat(Packs()).Select(c => c["kind"]!.ToString()).Distinct().Order()
        );

    [Theory]
    [MemberData(nameof(PublicConditions))]
    public void A_condition_that_is_not_touched_comes_out_as_it_went_in(string json)
    {
        var form = new ConditionForm(Element(json));

        Assert.True(JsonElement.DeepEquals(Element(json), form.ToElement()));
        Assert.Null(new ConditionForm(Element("{}")).TakeJson(form.ToJson()));
    }

    [Theory]
    [MemberData(nameof(PublicConditions))]
    public void Writing_every_value_back_through_its_control_changes_nothing(string json)
    {
        var form = new ConditionForm(Element(json));

        foreach (var key in s_lists.Where(form.Has))
        {
            form.SetWords(key, form.Words(key));
        }

        foreach (var path in s_numbers.Where(p => form.Text(p).Length > 0))
        {
            form.SetNumber(path, form.Text(path));
        }

        foreach (var flag in s_flags.Where(form.Has))
        {
            form.SetFlag(flag, form.Flag(flag));
        }

        if (form.Has("period"))
        {
            var period = form.PeriodType;
            form.PeriodType = period;
        }

        foreach (var window in form.Windows)
        {
            var (days, start, end) = (window.Days, window.Start, window.End);
            (window.Days, window.Start, window.End) = (days, start, end);
            Assert.NotNull(window.Hours);
        }

        Assert.True(JsonElement.DeepEquals(Element(json), form.ToElement()), form.ToJson());
    }

    [Fact]
    public void Every_kind_begins_with_a_condition_the_gate_can_use()
    {
        Assert.Equal(RuleSet.KnownKinds.Order(), KindChoice.All.Select(k => k.Kind.Kind).Order());
        Assert.All(
            KindChoice.All,
            choice =>
                Assert.Empty((RuleForm.New(choice) with { Name = "New rule" }).Faults(taken: []))
        );
    }

    [Fact]
    public void Unknown_keys_survive_every_edit_also_inside_windows_and_periods()
    {
        var form = new ConditionForm(
            Element(
                """
                {"kind": "time_window", "channels": ["phone"], "zones": "all known", "author": {"id": 7},
                 "windows": [{"start": "08:00", "end": "21:00", "label": "day"}], "period": {"type": "calendar_days", "days": 7, "x": 1}}
                """
            )
        );

        form.SetWords("channels", ["any"]);
        form.Windows[0].End = "20";
        form.PeriodType = "calendar_week";
        form.Paint(new WeekCells(0, 22, 0, 22), open: true);

        var node = JsonNode.Parse(form.ToJson())!;
        Assert.Equal("all known", node["zones"]!.ToString());
        Assert.Equal("7", node["author"]!["id"]!.ToString());
        Assert.Equal("""{"type":"calendar_week","x":1}""", node["period"]!.ToJsonString());
        Assert.Contains(
            node["windows"]!.AsArray(),
            w => w!["label"]?.ToString() == "day" && w["end"]!.ToString() == "20:00"
        );
    }

    [Theory]
    [InlineData("8", "08:00")]
    [InlineData("8:30", "08:30")]
    [InlineData("2100", "21:00")]
    [InlineData("24", "24:00")]
    [InlineData("25:00", "25:00")]
    [InlineData("noon", "noon")]
    public void Times_are_tidied_and_what_is_none_is_left_for_the_check(string typed, string kept)
    {
        var form = new ConditionForm(Element(KindChoice.Find("time_window")!.Beginning));

        form.Windows[0].Start = typed;

        Assert.Equal(kept, form.Windows[0].Start);
    }

    [Fact]
    public void A_number_that_is_none_stays_as_typed_and_its_fault_names_the_field()
    {
        var form = new RuleForm(RuleForm.New(KindChoice.Find("frequency")!)) { Name = "Limit" };

        form.Condition.SetNumber("period.days", "many");

        Assert.Equal("many", form.Condition.Text("period.days"));
        Assert.Equal(
            ["condition.period.days"],
            form.ToDraft().Faults(taken: []).Select(f => f.Field)
        );
    }

    [Theory]
    [InlineData("{\n  \"kind\": \"frequency\",\n  \"max\": 7,,\n}", "Line 3, column 12")]
    [InlineData("[1]", "A condition is an object")]
    [InlineData("{\"kind\": \"a\", \"kind\": \"b\"}", "kind")]
    public void Json_that_cannot_be_read_says_where_and_changes_nothing(string json, string says)
    {
        var form = new ConditionForm(Element("""{"kind": "respond_once"}"""));

        Assert.Contains(says, form.TakeJson(json), StringComparison.Ordinal);
        Assert.Equal("respond_once", form.Kind);
    }

    [Fact]
    public void Another_kind_keeps_what_both_have()
    {
        var form = new RuleForm(RuleForm.New(KindChoice.Find("frequency")!)) { Name = "Limit" };
        form.Condition.SetWords("channels", ["sms"]);

        form.Condition.Become(KindChoice.Find("min_interval")!);

        Assert.Equal(["sms"], form.Condition.Words("channels"));
        Assert.False(form.Condition.Has("max"));
        Assert.Empty(form.ToDraft().Faults(taken: []));

        form.Condition.Become(KindChoice.Find("consent_required")!);
        Assert.Equal("consent", form.ToDraft().RuleType);
    }

    [Fact]
    public void Pasted_dates_are_read_unless_day_and_month_could_be_mistaken()
    {
        var (dates, unread) = PastedDates.Read("2026-12-25, 1 Jan 2027\n12/26/2026;2026-12-25");

        Assert.Equal(["2026-12-25", "2027-01-01"], dates);
        Assert.Equal(["12/26/2026"], unread);
    }

    private static readonly string[] s_lists =
    [
        "channels",
        "count_channels",
        "count_statuses",
        "closed_dates",
        "fallback_zones",
    ];

    private static readonly string[] s_numbers =
    [
        "max",
        "days",
        "minutes",
        "within_minutes",
        "max_age_days",
        "period.days",
        "period.hours",
    ];

    private static readonly string[] s_flags = ["consent_exempt", "only_after_conversation"];

    private static JsonElement Element(string json) => JsonDocument.Parse(json).RootElement.Clone();

    private static IEnumerable<JsonNode> Vectors() =>
        File.ReadLines(Shared("vectors-public.jsonl"))
            .SelectMany(line => JsonNode.Parse(line)!["rule_params"]?.AsArray() ?? [])
            .Select(rule => Condition(rule!));

    private static IEnumerable<JsonNode> Packs() =>
        JsonNode.Parse(File.ReadAllText(Shared("rule-packs.json")))!["packs"]!
            .AsArray()
            .SelectMany(pack => pack!["rules"]!.AsArray())
            .Select(rule => Condition(rule!));

    /// <summary>compliance/README.md: an entry less action and enabled is what the column holds.</summary>
    private static JsonObject Condition(JsonNode rule)
    {
        var condition = rule.DeepClone().AsObject();
        condition.Remove("action");
        condition.Remove("enabled");
        return condition;
    }

    private static string Shared(string file) =>
        new[] { "../shared", "../../shared" }
            .Select(folder =>
                Path.GetFullPath(Path.Combine(folder, "compliance", file), LocalFolders.Repository!)
            )
            .First(File.Exists);
}
