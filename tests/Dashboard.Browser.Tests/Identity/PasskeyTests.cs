using Dashboard.Data.Operators;
using Microsoft.Playwright;
using Xunit;

namespace Dashboard.Browser.Tests.Identity;

/// <summary>Passkeys with Chromium's virtual authenticator. They belong to a host name, so the address is localhost.</summary>
public sealed class PasskeyTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_passkey_is_added_signs_in_without_a_password_and_can_be_removed()
    {
        var address = browser.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        var page = await browser.NewPageAsync(Roles.Supervisor);
        await CarryCookiesAsync(page, address);
        await AddAuthenticatorAsync(page);

        await page.GotoAsync(address + "/account");
        await page.GetByLabel("Name for a new passkey").FillAsync("Test key");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions
            .Expect(page.GetByRole(AriaRole.Status).First)
            .ToContainTextAsync("“Test key” is added");

        await page.Context.ClearCookiesAsync();
        await page.GotoAsync(address + "/account/sign-in?returnUrl=%2Faccount");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await page.WaitForURLAsync(address + "/account");

        await page.GetByRole(AriaRole.Button, new() { Name = "Remove Test key" }).ClickAsync();
        await Assertions
            .Expect(page.GetByRole(AriaRole.Status).First)
            .ToContainTextAsync("is removed");
        await page.Context.CloseAsync();
    }

    private static async Task CarryCookiesAsync(IPage page, string address)
    {
        var cookies = await page.Context.CookiesAsync();
        await page.Context.AddCookiesAsync(
            cookies.Select(c => new Cookie
            {
                Name = c.Name,
                Value = c.Value,
                Url = address,
            })
        );
    }

    private static async Task AddAuthenticatorAsync(IPage page)
    {
        var tools = await page.Context.NewCDPSessionAsync(page);
        await tools.SendAsync("WebAuthn.enable");
        await tools.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new Dictionary<string, object>
            {
                ["options"] = new Dictionary<string, object>
                {
                    ["protocol"] = "ctap2",
                    ["transport"] = "internal",
                    ["hasResidentKey"] = true,
                    ["hasUserVerification"] = true,
                    ["isUserVerified"] = true,
                    ["automaticPresenceSimulation"] = true,
                },
            }
        );
    }
}
