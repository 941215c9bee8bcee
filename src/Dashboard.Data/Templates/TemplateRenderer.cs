using System.Collections.Concurrent;
using Dashboard.Domain.Results;
using HandlebarsDotNet;

namespace Dashboard.Data.Templates;

/// <summary>A rendered text.</summary>
public sealed record RenderedTemplate(string? Subject, string Text, string? Html);

/// <summary>
/// Renders Handlebars. A variable that does not exist stops the message; values are HTML-encoded in the HTML part and nowhere
/// else.
/// </summary>
public sealed class TemplateRenderer
{
    private const int MostKept = 500;

    private readonly IHandlebars _text = Create(noEscape: true);
    private readonly IHandlebars _html = Create(noEscape: false);
    private readonly ConcurrentDictionary<
        (string Source, bool Html),
        HandlebarsTemplate<object, object>
    > _compiled = new();

    /// <summary>The rendered parts, or <c>template_failed</c> with the reason, e.g. the unknown variable.</summary>
    public Result<RenderedTemplate> Render(
        string? subject,
        string content,
        string? html,
        IReadOnlyDictionary<string, object?> values
    )
    {
        try
        {
            return new RenderedTemplate(
                subject is null ? null : OneLine(Run(subject, false, values)),
                Run(content, false, values),
                html is null ? null : Run(html, true, values)
            );
        }
        catch (Exception failure)
        {
            // An undefined variable, a faulty block, a helper that throws: whatever it is, nothing half-rendered leaves.
            return new Error(
                "template_failed",
                $"The template cannot be rendered: {failure.GetBaseException().Message}"
            );
        }
    }

    private string Run(string source, bool html, IReadOnlyDictionary<string, object?> values)
    {
        if (_compiled.Count > MostKept)
        {
            _compiled.Clear();
        }

        var template = _compiled.GetOrAdd(
            (source, html),
            key => (key.Html ? _html : _text).Compile(key.Source)
        );
        return template(values);
    }

    /// <summary>A line break in a subject would start a new header.</summary>
    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();

    private static IHandlebars Create(bool noEscape)
    {
        var configuration = new HandlebarsConfiguration
        {
            ThrowOnUnresolvedBindingExpression = true,
            NoEscape = noEscape,
        };
        return Handlebars.Create(configuration);
    }
}
