using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using OptDsl.Language.Documents;
using OptDsl.Language.Formulas;
using OptDsl.Playground.Editing;
using OptDsl.Playground.Rules;

namespace OptDsl.Playground;

/// <summary>The page: one state, everything else a function of it.</summary>
public sealed partial class App : IDisposable
{
    private const int MostFindings = 12;
    private const int Pause = 250;
    private static readonly string[] s_letters = ["β₁", "β₂", "η", "μ", "ε", "λ", "√", "²", "ᵗ", "\u0302", "‖", "·"];

    private PageState _state = Examples.First;
    private RuleReport _report = new(Examples.First);
    private ImmutableDictionary<int, ImmutableArray<DocumentFix>> _fixes = ImmutableDictionary<int, ImmutableArray<DocumentFix>>.Empty;
    private IReadOnlyList<CompletionEntry> _completion = [];
    private int _chosen;
    private string _example = "";
    private string _copied = "";
    private bool _isNew = true;
    private CancellationTokenSource _changed = new();

    private IJSInProcessRuntime Js => (IJSInProcessRuntime)Runtime;

    /// <inheritdoc/>
    public void Dispose() => _changed.Dispose();

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        if (PageState.FromLink(Js.Invoke<string>("playground.link")) is { } linked)
            Show(linked);
        else
            Schedule();
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (!_isNew)
            return;
        _isNew = false;
        Js.InvokeVoid("playground.redrawn", _state == Examples.First ? "" : _state.ToLink());
    }

    private static int Rows(string text, int least) => Math.Clamp(text.Count(character => character == '\n') + 1, least, 24);

    private void Show(PageState state)
    {
        (_state, _report, _copied, _isNew) = (state, new RuleReport(state), "", true);
        Schedule();
    }

    /// <summary>Fixes are tried before they are offered, which takes an analysis each: when nothing has been typed for a moment.</summary>
    private void Schedule()
    {
        _changed.Cancel();
        _changed.Dispose();
        _changed = new CancellationTokenSource();
        _fixes = ImmutableDictionary<int, ImmutableArray<DocumentFix>>.Empty;
        _ = FindFixes(_report, _changed.Token);
    }

    private async Task FindFixes(RuleReport report, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(Pause, cancellation);
            for (var i = 0; i < Math.Min(report.Checked.Diagnoses.Length, MostFindings); i++)
            {
                foreach (var fix in report.Checked.TryFixes(report.Checked.Diagnoses[i], cancellation))
                {
                    if (fix is not null)
                    {
                        _fixes = _fixes.SetItem(i, _fixes.GetValueOrDefault(i, []).Add(fix));
                        StateHasChanged();
                    }

                    // A key that was pressed in the meantime comes first.
                    await Task.Delay(1, cancellation);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Something else was typed.
        }
    }

    private void Type(ChangeEventArgs change)
    {
        var text = (string)change.Value!;
        (_completion, _chosen) = (Completion.Find(text, Js.Invoke<int>("playground.caret", "formulas")), 0);
        Show(_state with { Formulas = text });
    }

    private void TypeHeader(ChangeEventArgs change) => Show(_state with { Header = ((string)change.Value!).TrimEnd('\n', '\r', ' ') });

    private void Key(KeyboardEventArgs key)
    {
        if (_completion.Count == 0)
            return;
        switch (key.Key)
        {
            case "ArrowDown":
                _chosen = (_chosen + 1) % _completion.Count;
                break;
            case "ArrowUp":
                _chosen = (_chosen + _completion.Count - 1) % _completion.Count;
                break;
            case "Enter" or "Tab":
                Complete(_completion[_chosen]);
                break;
            case "Escape":
                Close();
                break;
        }
    }

    private void Close() => _completion = [];

    private void Complete(CompletionEntry entry)
    {
        Close();
        Js.InvokeVoid("playground.replace", "formulas", entry.Start, -1, entry.Letter);
    }

    private void Insert(string letter) => Js.InvokeVoid("playground.replace", "formulas", -1, -1, letter);

    private void Apply(DocumentFix fix) => Show(_state.With(_report.Document.With(fix.Edits)));

    private void MendAll() => Show(_state.With(Mending.All(_report.Checked, RuleReport.Check).Text));

    private void GoTo(Diagnosis diagnosis)
    {
        var start = diagnosis.Span.Start - (_report.Document.Text.Length - _state.Formulas.Length);
        if (start >= 0)
            Js.InvokeVoid("playground.select", "formulas", start, start + diagnosis.Span.Length);
    }

    private void Set(HyperSource hyper) => Show(_state.With(_report.Document.With([_report.Document.Change(hyper)])));

    private void Slide(HyperSource hyper, ChangeEventArgs change)
    {
        if (double.TryParse((string)change.Value!, NumberStyles.Float, CultureInfo.InvariantCulture, out var position))
            Set(Slider.At(hyper, position));
    }

    private void Enter(HyperSource hyper, ChangeEventArgs change)
    {
        if (double.TryParse((string)change.Value!, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
            Set(Slider.Set(hyper, value));
    }

    private void Choose(ChangeEventArgs change)
    {
        _example = (string)change.Value!;
        Show(_example == "" ? Examples.First : new PageState("", "", _state.Tab).With(Examples.Read(_example)));
    }

    private void ChooseTab(ChangeEventArgs change) => Show(_state with { Tab = (string)change.Value! });

    private void CopyCode() => Copy("code", _report.Code?.Text ?? "");

    private void CopyLink() => Copy("link", Js.Invoke<string>("playground.address", _state.ToLink()));

    private void Copy(string what, string text)
    {
        Js.InvokeVoid("playground.copy", text);
        _copied = what;
    }

    private void SwitchTheme() => Js.InvokeVoid("playground.theme");
}
