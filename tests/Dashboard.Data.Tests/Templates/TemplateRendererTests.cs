using Dashboard.Data.Templates;
using Dashboard.Domain.Templates;
using Xunit;

namespace Dashboard.Data.Tests.Templates;

public sealed class TemplateRendererTests
{
    private static readonly DateOnly s_today = new(2026, 6, 3);

    private readonly TemplateRenderer _renderer = new();

    [Fact]
    public void Values_are_encoded_in_the_html_part_only()
    {
        var rendered = _renderer.Render(
            "{{company.name}}",
            "{{company.name}}",
            "<p>{{company.name}}</p>",
            Values()
        );

        Assert.Equal("Smith & Sons <Ltd>", rendered.Value.Subject);
        Assert.Equal("Smith & Sons <Ltd>", rendered.Value.Text);
        Assert.Equal("<p>Smith &amp; Sons &lt;Ltd&gt;</p>", rendered.Value.Html);
    }

    [Theory]
    [InlineData("{{nothing}}")]
    [InlineData("{{customer.nickname}}")]
    [InlineData("{{#each invoices}}{{colour}}{{/each}}")]
    [InlineData("{{#if nothing}}x{{/if}}")]
    [InlineData("{{#each invoices}}never closed")]
    public void An_unknown_variable_or_a_fault_stops_the_message(string content)
    {
        var rendered = _renderer.Render(null, content, null, Values());

        Assert.Equal("template_failed", rendered.Error?.Code);
    }

    [Fact]
    public void Every_documented_variable_exists()
    {
        foreach (var variable in TemplateVariables.All)
        {
            var rendered = _renderer.Render(null, $"{{{{{variable.Name}}}}}", null, Values());
            Assert.True(rendered.Succeeded, $"{variable.Name}: {rendered.Error?.Message}");
        }
    }

    [Fact]
    public void The_standard_templates_render_completely()
    {
        foreach (var template in StandardTemplates.Create())
        {
            var rendered = _renderer.Render(
                template.Subject,
                template.Content,
                template.HtmlContent,
                Values()
            );

            Assert.True(rendered.Succeeded, $"{template.Name}: {rendered.Error?.Message}");
            Assert.DoesNotContain(
                "{{",
                rendered.Value.Text + rendered.Value.Html,
                StringComparison.Ordinal
            );
            Assert.Contains(
                "USD 1,350.50",
                rendered.Value.Text + rendered.Value.Subject,
                StringComparison.Ordinal
            );
        }
    }

    private static IReadOnlyDictionary<string, object?> Values() =>
        TemplateValues.Create(
            "Acme",
            "Jane Doe",
            [
                new InvoiceValues("INV-2", 100.50m, "USD", new(2026, 5, 20), null),
                new InvoiceValues("INV-1", 1250m, "USD", new(2026, 5, 4), "Consulting"),
            ],
            "Smith & Sons <Ltd>",
            "Mailer",
            "https://pay.example/unsubscribe/x",
            s_today
        );
}
