"""When a slide's video plays: on the click.

    root ─┬─ main sequence: on the next click, a presenter's remote too, play from 0
          └─ the video: hold its last picture when it has ended

PowerPoint adds a sequence that pauses a video which is clicked on. Here the video is most of the
slide, and a click on it, as beside it, is to play it and then to go on: so there is none.

Source: ECMA-376 Part 1, Office Open XML, § 19.5, Animation; schema `pml.xsd`, `CT_SlideTiming`.
"""

from string import Template

NAMESPACE = "http://schemas.openxmlformats.org/presentationml/2006/main"

_TIMING = Template(
    f'<p:timing xmlns:p="{NAMESPACE}">'
    + """<p:tnLst><p:par>
<p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst>
<p:seq concurrent="1" nextAc="seek">
 <p:cTn id="2" dur="indefinite" nodeType="mainSeq"><p:childTnLst>
  <p:par><p:cTn id="3" fill="hold">
   <p:stCondLst><p:cond delay="indefinite"/></p:stCondLst><p:childTnLst>
   <p:par><p:cTn id="4" fill="hold">
    <p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst>
    <p:par><p:cTn id="5" presetID="1" presetClass="mediacall" presetSubtype="0" fill="hold"
                  nodeType="clickEffect">
     <p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst>
     <p:cmd type="call" cmd="playFrom(0.0)"><p:cBhvr>
      <p:cTn id="6" dur="$milliseconds" fill="hold"/>
      <p:tgtEl><p:spTgt spid="$shape"/></p:tgtEl>
     </p:cBhvr></p:cmd>
    </p:childTnLst></p:cTn></p:par>
   </p:childTnLst></p:cTn></p:par>
  </p:childTnLst></p:cTn></p:par>
 </p:childTnLst></p:cTn>
 <p:prevCondLst><p:cond evt="onPrev" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond>
 </p:prevCondLst>
 <p:nextCondLst><p:cond evt="onNext" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond>
 </p:nextCondLst>
</p:seq>
<p:video><p:cMediaNode mute="1">
 <p:cTn id="7" fill="hold" display="0">
  <p:stCondLst><p:cond delay="indefinite"/></p:stCondLst>
 </p:cTn>
 <p:tgtEl><p:spTgt spid="$shape"/></p:tgtEl>
</p:cMediaNode></p:video>
</p:childTnLst></p:cTn></p:par></p:tnLst></p:timing>"""
)


def timing(shape: int, seconds: float) -> str:
    """The `p:timing` of a slide.

    Args:
        shape: the number of the video's shape on it.
        seconds: how long the video plays.

    >>> 'dur="1500"' in timing(4, 1.5)
    True
    """
    return _TIMING.substitute(shape=shape, milliseconds=round(1000 * seconds))
