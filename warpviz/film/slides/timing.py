"""When a slide's video plays: on the click, as PowerPoint itself writes it.

    root ─┬─ main sequence: on the next click, play from 0          (the presenter's remote)
          ├─ the video: hold its last picture when it has ended
          └─ a sequence of its own: a click on the video pauses it, or goes on

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
<p:seq concurrent="1" nextAc="seek">
 <p:cTn id="8" restart="whenNotActive" fill="hold" evtFilter="cancelBubble"
        nodeType="interactiveSeq">
  <p:stCondLst><p:cond evt="onClick" delay="0"><p:tgtEl><p:spTgt spid="$shape"/></p:tgtEl>
  </p:cond></p:stCondLst>
  <p:endSync evt="end" delay="0"><p:rtn val="all"/></p:endSync>
  <p:childTnLst>
  <p:par><p:cTn id="9" fill="hold">
   <p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst>
   <p:par><p:cTn id="10" fill="hold">
    <p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst>
    <p:par><p:cTn id="11" presetID="2" presetClass="mediacall" presetSubtype="0" fill="hold"
                  nodeType="clickEffect">
     <p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst>
     <p:cmd type="call" cmd="togglePause"><p:cBhvr>
      <p:cTn id="12" dur="1" fill="hold"/>
      <p:tgtEl><p:spTgt spid="$shape"/></p:tgtEl>
     </p:cBhvr></p:cmd>
    </p:childTnLst></p:cTn></p:par>
   </p:childTnLst></p:cTn></p:par>
  </p:childTnLst></p:cTn></p:par>
  </p:childTnLst>
 </p:cTn>
 <p:nextCondLst><p:cond evt="onClick" delay="0"><p:tgtEl><p:spTgt spid="$shape"/></p:tgtEl>
 </p:cond></p:nextCondLst>
</p:seq>
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
