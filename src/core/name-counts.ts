// How many of 85,000 authors of arXiv (24,500 papers of 2025 and 2026) bear a family name or a given name.

/** So many authors were counted. */
export const COUNTED = 85157

/** At least so many bear the family name, and fewer than twice as many; folded, as familyKey gives them. */
export const FAMILIES = counts([
  [2048, 'wang zhang'],
  [1024, 'chen li liu'],
  [512, 'huang kim lee lin sun wu xu yang yu zhao zhou zhu'],
  [256, 'cao cheng feng gao guo han he hu jiang liang lu luo ma park shen shi song tang wei xie zheng'],
  [
    128,
    'cai chang choi cui dai deng ding dong du fan fang fu gu hong hou ji jia jin kang kumar liao nguyen pan peng qian ' +
      'qin qiu ren singh su tan tian wen xia xiao xiong yan yao ye yin yuan zeng zhong',
  ],
  [
    64,
    'ahmed an bai bao cho chu das duan ge gong guan gupta hao islam jain jung khan kong lai le lei lim long lv lyu ' +
      'mao meng ni niu patel pham qi qiao qu shah shao sharma shin tao tong tran wan xiang xing xue yi zhan zhuang zou',
  ],
  [
    32,
    'agarwal ai ali banerjee bi chai chakraborty chan chowdhury chung cohen dang gan garg geng ghosh hasan hossain ' +
      'hsu hua huo hwang jang jeon jeong jiao jing joshi ju ke kwon lan lian ling lou mei miao min mishra mo mu ng nie ' +
      'ning oh ouyang pal pang pei pu rahman rao roy ruan saha seo shan shang sheng shu smith tu weng wong xin yadav ' +
      'ying yoo yoon you yue yun zhai zuo',
  ],
  [
    16,
    'aggarwal agrawal ahmad ahn alam anand arora bae baek bansal bhattacharya bian biswas brown bu bui chao ' +
      'chatterjee che cheung chi chiang chou cong davis desai dey di do dou dutta fei garcia goel gonzalez goyal gui ' +
      'hassan ho hoang hussain iyer jha jian jo johnson jones joseph klein ko kuang kulkarni kwak lam lang lau leng ' +
      'levy lo luan mai malik martin martinez mehta meyer mi miller ming mitra mittal moon mukherjee muller na nam ou ' +
      'pandey patil paul pereira perez prakash prasad quan ran ray reddy rodriguez rong ryu sanchez sarkar schneider ' +
      'sen sha shukla si silva sinha son srinivasan srivastava sui sung suzuki tanaka teng thomas tripathi truong tsai ' +
      'verma vo vu wagner williams wilson xi xuan zang zhuo zong',
  ],
])

/** The same of the first given name that is no initial. */
export const GIVEN = counts([
  [256, 'daniel david michael'],
  [128, 'alexander ali andrew benjamin john matthew md mohammad muhammad paul peter thomas wei yi yu'],
  [
    64,
    'adam aditya ahmed alessandro alex amir andrea andreas anna antonio ben bo brian chao chen cheng chris christian ' +
      'christopher dan dong eric florian francesco george han hao hong ivan james jan jason jean jia jian jie jin jing ' +
      'jonas jonathan jose joseph juan jun kai kevin lei li lin luca lucas marc marco maria mark martin matteo max ming ' +
      'mohamed mohammed nicholas nicolas patrick peng pierre qi richard robert rui ryan samuel sebastian simon stefan ' +
      'tao tim tom victor william xiao xin yan yang yifan ying yuan yue',
  ],
  [
    32,
    'aaron abhishek adrian ahmad alan albert alberto alejandro alexandre alireza amit andre andrei anthony antoine ' +
      'arthur bin bing bowen bruno carlos chang charles chi christoph chun cong davide di diego dimitrios dominik ' +
      'eduardo edward emmanuel erik ethan fabian fabio fan fang federico fei felix feng francisco frank gabriel ' +
      'georgios giovanni giuseppe gregory guillaume hang haoran haotian hoang hongyu huan hugo hui ian ioannis jack ' +
      'jacob javier jay jeffrey ji jiacheng jiahao jiaqi jiawei jiaxin jiayi joao joel johannes jorge joshua julia ' +
      'julian junjie justin ke konstantinos kun laura le leo liang ling long lorenzo lu luis lukas mahdi manuel mario ' +
      'markus maryam matthias maximilian meng michal miguel min minh nan nathan nikita nikolaos ning oliver omar pablo ' +
      'paolo pedro pengfei philip philipp piotr qian qiang qing rahul ran reza riccardo roberto robin rodrigo roman ' +
      'rong sai sara sarah scott sean sheng shuai shuo simone siyu siyuan stefano stephen steven tian tianyu timothy ' +
      'ting tobias tong vincent vladimir wang wen wenbo wenhao wenjie wentao xi xiang xiangyu xiaoyu xing xinyu xu xuan ' +
      'yao yash ye yiming yixuan yong yuchen yun yutong yuxiang yuxin yuxuan zeyu zhe zhen zheng zhenyu zhi zhihao ' +
      'zhiyuan zihan zihao',
  ],
  [
    16,
    'abdul abdullah abhinav aditi adrien ahmet akash akshay alessio alexandra alexandros alexey alexis alvaro aman ' +
      'amanda amin amirhossein amy an ana andres andrey andy anh ankit anne anqi anton anurag arash arjun artem artur ' +
      'arun aryan ashish ashutosh austin axel ayush babak barbara benedikt benoit biao bjorn bogdan bohan boris boyang ' +
      'brandon bruce bryan cameron can carlo catherine chan charlotte chenghao chengyu chenhao chenxi chenxu chenyang ' +
      'chia chiara chih chong christophe christos chuan claire claudia claudio clement connor cristian cristina da ' +
      'daniela daniele daniil dawei deepak denis dennis derek dhruv diana dimitris ding dirk dmitry duc dylan edoardo ' +
      'ehsan elena elias elisa elizabeth emanuele emily emma enrico eugene eva evan fabrizio fatemeh felipe fernando ' +
      'filippo francesca francois frederic fu gabriele gang gaurav ge georg giacomo gianluca giorgos giulio gonzalo ' +
      'grace greg gustavo guy hadi hai haitao haiyang hamed hamid hannah hans haochen haonan haoyang haoyu haoyuan ' +
      'haozhe harry harsh hassan he helen heng henry hongbo hongwei hongyi hossein hu hua hung huy hyun ibrahim ignacio ' +
      'igor ilya isaac ismail jae jakob jakub jane jeff jennifer jens jeremy jerry jesse jessica jiachen jiahui jiajun ' +
      'jiale jiaming jianfeng jiang jianing jiarui jiawen jiaxuan jiayu jim jingjing jingwei jingwen jingyi jingyu ' +
      'jingyuan jinhao jintao joe johan jon jordan julie julien julius junfeng jung junhao junlin junwei junyi junyu ' +
      'kaiwen kang karan karthik katherine ken kenji kenneth kim kiran kirill konrad konstantin krishna krzysztof kuan ' +
      'kunal kyle lan lars laurent leon leonardo liam lina lisa liu louis luiz luke maciej mahmoud maksim man marcel ' +
      'marcos marcus marek marie marina marius marta mateusz mathieu matt matthieu maxim maxime mehdi mehmet mert miao ' +
      'michel michele michelle mike mikhail minghao mingxuan mingyang mingyu mohammadreza mohsen moritz mustafa nam ' +
      'nathaniel neil nguyen nick nicola nicole nikhil niklas nils nima nina noah oleg olga olivia olivier omer oscar ' +
      'pan panagiotis pascal paula paulo pavel pawel pei pengcheng philippe pietro ping po pranav prateek qiao qin quan ' +
      'quang quentin rachel rafael raphael ravi raymond rebecca ren ricardo rishabh rishi roger rohan rohit roy ruben ' +
      'ruijie ruiqi runze ryo sagar sahil sam sang sanjay saurabh sebastien sen sergey sergio seung seyed shan shang ' +
      'shen shi shijie shiwei shiyu shu shuang shubham shun si sicheng siddharth silvia sina siqi song sophia steffen ' +
      'stephan stephane stephanie steve sumit sung sven syed tai tan teng thanh tianhao tianyi timo tingting tomas ' +
      'tomasz tommaso tony tuan tyler valentin van varun vijay viktor vincenzo vishal vivek weihao weijie weiwei wenbin ' +
      'wenjing wenjun wenlong wenxuan will wolfgang xavier xia xiaodong xiaofeng xiaohan xiaohui xiaolong xiaoming ' +
      'xiaotian xiaowei xiaoyan xiaoyang xiaoyi xingyu xinyi xinyuan xinyue xudong xue xun ya yawen yibo yichen yicheng ' +
      'yifei yifeng yihan yihang yihao yijie yijun yilin yin yingjie yining yiran yitong yiwen yixin yiyang yizhou you ' +
      'young youssef yubo yucheng yufei yufeng yuhan yuhang yuhao yuheng yuhui yujia yujie yuki yukun yulin yulong ' +
      'yuming yunfei yupeng yuqi yuqing yusuke yutao yuting yuwei yuxi yuyang zachary zahra ze zekun zelin zhan zhang ' +
      'zhao zhengyu zhichao zhicheng zhiming zhipeng zhiqiang zhiwei zhiyang zhiyu zhou zhuo zi zichen zijian zijie ' +
      'ziqi zirui ziwei zixin zixuan ziyang ziyi ziyu',
  ],
])

function counts(table: readonly (readonly [count: number, names: string])[]): ReadonlyMap<string, number> {
  return new Map(table.flatMap(([count, names]) => names.split(' ').map((name) => [name, count] as const)))
}
