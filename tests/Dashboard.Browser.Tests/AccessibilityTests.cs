using Dashboard.Data.Demo;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace Dashboard.Browser.Tests;

/// <summary>axe finds nothing on any page, with data on it, in either theme, wide and narrow.</summary>
public sealed class AccessibilityTests(BrowserFixture browser)
{
    private static readonly string[] Pages =
    [
        "/",
        "/tasks",
        "/approvals",
        "/approvals?status=decided",
        "/customers",
        "/rules",
        "/rules/new",
        "/rules/new?kind=time_window",
        "/rules/new?kind=frequency",
        "/rules/packs",
        "/rules/changes",
        "/campaigns",
        "/campaigns?view=board",
        "/imports",
        "/opt-outs",
        "/opt-outs?view=review",
        "/opt-outs/import",
        "/proof",
        "/audit",
        "/audit?action=refused",
        "/agents",
        "/operators",
        "/account",
        "/account/two-factor",
    ];

    [Theory]
    [InlineData(false, 1440)]
    [InlineData(true, 1440)]
    [InlineData(false, 390)]
    public async Task Axe_finds_nothing_on_any_page(bool dark, int width)
    {
        await browser.Services.GetRequiredService<DemoData>().LoadAsync();
        var page = await browser.NewPageAsync(dark: dark, width: width);
        var findings = new List<string>();
        foreach (var path in Pages.Concat(await DetailsAsync()))
        {
            await page.GotoAsync(path);
            await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First.WaitForAsync();
            await Assertions.Expect(page.Locator(".skeleton")).ToHaveCountAsync(0);
            // A message is shown in a frame in which no script runs, axe neither.
            var axe = await page.RunAxe(new AxeRunOptions { Iframes = false });
            findings.AddRange(
                axe.Violations.Select(v => $"{path}: {v.Id} {v.Nodes[0].Target} ({v.Nodes.Length})")
            );
            if (width < 500)
            {
                findings.AddRange(await OverflowAsync(page, path));
            }
        }

        Assert.True(findings.Count == 0, string.Join(Environment.NewLine, findings));
    }

    [Theory]
    [InlineData("/account/sign-in", false)]
    [InlineData("/account/sign-in", true)]
    public async Task Axe_finds_nothing_where_people_sign_in(string path, bool dark)
    {
        var page = await browser.NewPageAsync(role: null, dark: dark);
        await page.GotoAsync(path);
        Assert.Empty((await page.RunAxe()).Violations.Select(v => v.Id));
    }

    private async Task<IEnumerable<string>> DetailsAsync()
    {
        await using var db = await browser.Database.Factory.CreateDbContextAsync();
        var campaign = await db.Campaigns.OrderBy(c => c.Id).FirstAsync();
        var task = await db.Tasks.OrderBy(t => t.Id).FirstAsync();
        var rule = await db.ComplianceRules.OrderBy(r => r.Name).FirstAsync();
        return
        [
            $"/customers/{campaign.CustomerId}",
            $"/campaigns/{campaign.Id}",
            $"/tasks?task={task.Id}",
            $"/rules/{rule.Id}",
            $"/rules/{rule.Id}?view=versions",
        ];
    }

    private static async Task<IEnumerable<string>> OverflowAsync(IPage page, string path)
    {
        var wider = await page.EvaluateAsync<int>(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        );
        return wider > 0 ? [$"{path}: {wider} px wider than the phone"] : [];
    }
}
