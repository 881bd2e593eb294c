using OptDsl.Language.Plans;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>Writes one pass for one element type: the choice of its loop, the loops, and their bodies.</summary>
internal sealed class PassEmitter
{
    private readonly CodeWriter _writer;
    private readonly PassPlan _pass;
    private readonly PassSignature _signature;
    private readonly string _type;
    private readonly bool _checkOverflow;

    public PassEmitter(CodeWriter writer, PassSignature signature, string type, bool checkOverflow)
    {
        (_writer, _pass, _signature, _type, _checkOverflow) = (writer, signature.Pass, signature, type, checkOverflow);
    }

    /// <param name="traffic">What the pass does to memory.</param>
    public void Write(string traffic)
    {
        _writer.Line($"// Pass {CSharp.Int(_pass.Index + 1)}: {traffic}.");
        if (_signature.Switches.Count > 0)
            WriteEntry();
        Write(ElementForm.Vector);
        new PassBodyEmitter(_writer, _signature, _type, ElementForm.Element).Write();
        if (_signature.HasWide)
        {
            _writer.Line("// The same over vectors of 512 bits, where the processor has them" + (_pass.Reductions.IsEmpty ? "; returns the number of elements treated." : "."));
            Write(ElementForm.Vector512);
        }
    }

    private void Write(ElementForm form)
    {
        new PassLoopEmitter(_writer, _signature, _type, form, _checkOverflow).Write();
        new PassBodyEmitter(_writer, _signature, _type, form).Write();
    }

    /// <summary>Chooses the loop by the conditions, once.</summary>
    private void WriteEntry()
    {
        _writer.Header(
            "public static void " + _signature.Entry + _signature.EntryTypeParameters,
            _signature.Parameters(_type), _signature.Constraints(_type, withSwitches: false));
        var switches = _signature.Switches;
        using (_writer.Block())
        {
            if (switches.Count == 1)
            {
                _writer.Line($"if ({Test(switches[0])})");
                using (_writer.Indent())
                    _writer.Line(Call(["On"]));
                _writer.Line("else");
                using (_writer.Indent())
                    _writer.Line(Call(["Off"]));
            }
            else
            {
                using (_writer.Block($"switch ({string.Join(", ", switches.Select(item => Test(item)))})"))
                    WriteCases([]);
            }
        }

        _writer.Line();

        void WriteCases(List<string> chosen)
        {
            if (chosen.Count < switches.Count)
            {
                WriteCases([.. chosen, "On"]);
                WriteCases([.. chosen, "Off"]);
                return;
            }

            _writer.Line($"case ({string.Join(", ", chosen.Select(side => CSharp.Bool(side == "On")))}):");
            using (_writer.Indent())
            {
                _writer.Line(Call(chosen));
                _writer.Line("break;");
            }
        }

        static string Test(ScalarArgument condition) => ScalarBlockEmitter.Scalar(condition.Scalar) + " != 0";

        string Call(IEnumerable<string> chosen)
        {
            IEnumerable<string> types = _pass.ReadsGradient ? ["TGradient", .. chosen] : chosen;
            return $"{_signature.Loop}<{string.Join(", ", types)}>({string.Join(", ", _signature.Arguments)});";
        }
    }
}
