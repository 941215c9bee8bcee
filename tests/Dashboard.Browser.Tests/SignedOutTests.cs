using Xunit;

namespace Dashboard.Browser.Tests;

/// <summary>What a person without a session gets.</summary>
public sealed class SignedOutTests(BrowserFixture browser)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/tasks")]
    [InlineData("/customers")]
    public async Task A_signed_out_person_is_led_to_sign_in_and_back(string path)
    {
        var page = await browser.NewPageAsync(role: null);
        await page.GotoAsync(path);
        Assert.Contains("/account/sign-in", page.Url, StringComparison.Ordinal);
        Assert.Contains("returnUrl", page.Url, StringComparison.OrdinalIgnoreCase);
    }
}
