using System.Text.RegularExpressions;

namespace OptDsl.Generators.Tests.Documentation;

/// <summary>The parts of a page of Markdown that can be checked: fenced blocks and links.</summary>
internal sealed partial class MarkdownPage
{
    private readonly List<MarkdownBlock> _blocks = [];

    private MarkdownPage(string text)
    {
        Links = [.. Link().Matches(text).Select(match => match.Groups[1].Value)];
        MarkdownBlock? open = null;
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (open is null && lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                open = new MarkdownBlock(lines[i][3..].Trim(), "", i + 1);
            }
            else if (lines[i] == "```")
            {
                _blocks.Add(open!);
                open = null;
            }
            else if (open is not null)
            {
                open = open with { Text = open.Text + lines[i] + '\n' };
            }
        }
    }

    /// <summary>Where links and pictures lead to.</summary>
    public IReadOnlyList<string> Links { get; }

    public static MarkdownPage Read(string path) => new(File.ReadAllText(path).ReplaceLineEndings("\n"));

    /// <summary>A part of a page.</summary>
    public static MarkdownPage Parse(string text) => new(text);

    /// <summary>The blocks in a language, in order.</summary>
    public IEnumerable<MarkdownBlock> Blocks(string language) => _blocks.Where(block => block.Language == language);

    /// <summary>The block after one.</summary>
    public MarkdownBlock? Next(MarkdownBlock block) => _blocks.ElementAtOrDefault(_blocks.IndexOf(block) + 1);

    /// <summary>The block before one.</summary>
    public MarkdownBlock? Previous(MarkdownBlock block) => _blocks.ElementAtOrDefault(_blocks.IndexOf(block) - 1);

    [GeneratedRegex(@"(?:\]\(|(?:src|href)="")([^)\s""]+)")]
    private static partial Regex Link();
}

/// <summary>A fenced block.</summary>
/// <param name="Language">The word after the fence.</param>
/// <param name="Text">What it holds.</param>
/// <param name="Line">Where it begins.</param>
internal sealed record MarkdownBlock(string Language, string Text, int Line);
