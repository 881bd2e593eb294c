using OptDsl;

namespace ScheduleGallery;

/// <summary>Ten steps of linear warm-up from 0.01 to 0.1, then half a cosine down to 0.001 at step 100.</summary>
[Schedule("""
    warm   = 0.01 + 0.09 t / 10
    cosine = 0.001 + ½ · 0.099 (1 + cos(π (t - 10) / 90))
    η      = t ≤ 10 ? warm : cosine
    """)]
public sealed partial class NotesSchedule;
